package dev.memcollab.contrast;

import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.TokenMask;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Verifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the strong model say what separates the two runs of a contrast, in two ways.
///
/// For a rule about the same things, it says what each run does, and each half becomes a half of the
/// rule; where it was drawn from a diagnosis it stood upside down at one task in four. For a general rule
/// (the paper's comparison "at the level of structure") it takes two steps: with the runs in view while
/// such a rule is written, a small model copies code into it, so the second step sees the diagnosis alone.
///
/// Each slot of a rule is decoded by itself after the fixed words before it; the forced text ends before
/// the blank, which the tokenizer joins to the next word.
public final class Contraster {
    private static final int SENTENCE_TOKENS = 45;
    private static final int SLOT_TOKENS = 34;
    private static final String[] SLOT_STOPS = {", enforce", ";", ".", "\n"};
    /// What is added to a half is its reason, which is guessed.
    private static final String[] HALF_STOPS = {", which", ", because", " because", ", so",
            ", while", ", but", ", causing", ";", ".", "\n"};
    private static final float TEMPERATURE = 0.7f;

    private final LanguageModel strong;
    private final ContrastPrompts prompts;
    private final OrdinaryLanguage language;
    private final Contrast contrast;
    private @Nullable String things; // what the task is about, once it has been asked

    public Contraster(LanguageModel strong, ContrastPrompts prompts, OrdinaryLanguage language,
            Contrast contrast) {
        this.strong = strong;
        this.prompts = prompts;
        this.language = language;
        this.contrast = contrast;
    }

    /// A rule with what it was drawn from; of the right form, and yet to be judged.
    public record Draft(String diagnosis, String rule) {}

    /// Draws a rule. The first attempts are greedy, later ones are drawn with the attempt as their seed.
    public Draft draw(Breadth breadth, int attempt) throws InterruptedException {
        return switch (breadth) {
            case SITUATED -> situated(attempt);
            case GENERAL -> general(attempt);
        };
    }

    private Draft situated(int attempt) throws InterruptedException {
        var halves = prompts.halves(contrast);
        Prompt prompt = prompts.separation(contrast);
        List<String> verbs = verbs();
        Decoding decoding = decoding(attempt, verbs.size(), SLOT_TOKENS);
        String verb = verbs.get(attempt % verbs.size());
        Decoding half = decoding.until(HALF_STOPS);
        String enforce = verb + slot(prompt, half.allowing(wordsOf(contrast.preferred())),
                halves.enforced() + verb);
        String worked = halves.enforced() + enforce + ".";
        String avoid = verb + slot(prompt, half.allowing(wordsOf(contrast.unpreferred())),
                worked + " " + halves.avoided() + verb);
        return new Draft(worked + " " + halves.avoided() + avoid + ".",
                ContrastPrompts.WORKING_ON + things() + ", enforce" + enforce + "; avoid" + avoid
                        + ".");
    }

    private RuleWords wordsOf(Run run) {
        return RuleWords.situated(contrast.numbersOf(run), language);
    }

    private String things() throws InterruptedException {
        if (things == null) {
            things = slot(prompts.things(contrast), Decoding.greedy(SLOT_TOKENS).until(SLOT_STOPS)
                    .allowing(RuleWords.things(language)), ContrastPrompts.WORKING_ON);
        }
        return things;
    }

    /// What each half begins with, one after the other: what a tested function returns says more of a
    /// convention than what it does, but there are mistakes that only the latter shows.
    private List<String> verbs() {
        return contrast.task().verifier() instanceof Verifier.Tests
                ? List.of(" returning", "")
                : List.of("");
    }

    private Draft general(int attempt) throws InterruptedException {
        String diagnosis = diagnosis(attempt);
        return new Draft(diagnosis, state(prompts.rule(diagnosis),
                RuleWords.general(contrast.task().text(), language)));
    }

    /// What separates the two runs, in two sentences, each begun for the model, so that it says of both
    /// what it is asked.
    private String diagnosis(int attempt) throws InterruptedException {
        Prompt prompt = prompts.diagnosis(contrast);
        var said = new StringBuilder();
        for (String beginning : prompts.beginnings(contrast)) {
            said.append(said.isEmpty() ? "" : " ").append(beginning);
            Generation sentence = strong.generate(prompt.answering(said.toString()),
                    decoding(attempt, 1, SENTENCE_TOKENS).until(". ", "\n")
                            .allowing(PreciseWords.ONLY));
            said.append(sentence.text().replaceFirst("[.\\s]+$", "")).append('.');
        }
        return said.toString();
    }

    private static Decoding decoding(int attempt, int greedy, int tokens) {
        return attempt < greedy
                ? Decoding.greedy(tokens)
                : Decoding.sampled(tokens, TEMPERATURE, attempt);
    }

    private String state(Prompt prompt, TokenMask words) throws InterruptedException {
        Decoding decoding = Decoding.greedy(SLOT_TOKENS).allowing(words);
        String when = slot(prompt, decoding.until(SLOT_STOPS), "When");
        String upToEnforce = "When" + when + ", enforce";
        String enforce = slot(prompt, decoding.until(SLOT_STOPS), upToEnforce);
        String upToAvoid = upToEnforce + enforce + "; avoid";
        return upToAvoid + slot(prompt, decoding.until(SLOT_STOPS), upToAvoid) + ".";
    }

    private String slot(Prompt prompt, Decoding decoding, String forced)
            throws InterruptedException {
        return strong.generate(prompt.answering(forced), decoding).text().stripTrailing();
    }
}
