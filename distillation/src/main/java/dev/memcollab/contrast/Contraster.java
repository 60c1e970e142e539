package dev.memcollab.contrast;

import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.TokenMask;
import java.util.List;

/// Lets the strong model say what separates two runs, in two steps: a diagnosis of both runs, and a
/// rule drawn from the diagnosis (the paper's comparison "at the level of structure"), either for tasks
/// about the same things or for tasks of the same kind.
///
/// With the runs in view while the rule is written, a small model copies code into it, so the
/// second step does not see them. Each slot of the rule is decoded by itself after the fixed words
/// before it; the forced text ends before the blank, which the tokenizer joins to the next word.
public final class Contraster {
    private static final int SENTENCE_TOKENS = 45;
    private static final int SLOT_TOKENS = 34;
    private static final float TEMPERATURE = 0.7f;

    private final LanguageModel strong;
    private final ContrastPrompts prompts;
    private final OrdinaryLanguage language;

    public Contraster(LanguageModel strong, ContrastPrompts prompts, OrdinaryLanguage language) {
        this.strong = strong;
        this.prompts = prompts;
        this.language = language;
    }

    /// What separates the two runs, in two sentences, each begun for the model, so that it says of both
    /// what it is asked. The first attempt is greedy, later ones are drawn with the attempt as their seed.
    public String diagnosis(Contrast contrast, int attempt) throws InterruptedException {
        Prompt prompt = prompts.diagnosis(contrast);
        var said = new StringBuilder();
        for (String beginning : prompts.beginnings(contrast)) {
            said.append(said.isEmpty() ? "" : " ").append(beginning);
            Decoding decoding = attempt == 0
                    ? Decoding.greedy(SENTENCE_TOKENS)
                    : Decoding.sampled(SENTENCE_TOKENS, TEMPERATURE, attempt);
            Generation sentence = strong.generate(prompt.answering(said.toString()),
                    decoding.until(". ", "\n"));
            said.append(sentence.text().replaceFirst("[.\\s]+$", "")).append('.');
        }
        return said.toString();
    }

    /// The rule drawn from a diagnosis; of the right form, and yet to be judged.
    public String rule(Contrast contrast, String diagnosis, Breadth breadth)
            throws InterruptedException {
        Prompt prompt = switch (breadth) {
            case SITUATED -> prompts.situatedRule(contrast, diagnosis);
            case GENERAL -> prompts.generalRule(diagnosis);
        };
        return state(prompt, new RuleWords(contrast.task().text(), breadth, language));
    }

    private String state(Prompt prompt, TokenMask words) throws InterruptedException {
        String when = slot(prompt, words, "When", List.of(", enforce", ";", ".", "\n"));
        String upToEnforce = "When" + when + ", enforce";
        String enforce = slot(prompt, words, upToEnforce, List.of("; avoid", ";", ".", "\n"));
        String upToAvoid = upToEnforce + enforce + "; avoid";
        String avoid = slot(prompt, words, upToAvoid, List.of(";", ".", "\n"));
        return upToAvoid + avoid + ".";
    }

    private String slot(Prompt prompt, TokenMask words, String forced, List<String> stops)
            throws InterruptedException {
        Decoding decoding = new Decoding(SLOT_TOKENS, 0f, 0L, stops, words);
        return strong.generate(prompt.answering(forced), decoding).text().stripTrailing();
    }
}
