package dev.memcollab.model;

import dev.memcollab.model.Generation.End;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A model that says what a test wrote for it; a word with the blanks before it is a token.
///
/// Answers are tried in the order they were added, the first whose condition holds is given. Mask,
/// stops and lengths hold for them as for any model. A prompt without an answer fails the test.
public final class ScriptedLanguageModel implements LanguageModel {
    private static final Pattern TOKEN = Pattern.compile("\\s*\\S+|\\s+$");

    private record Line(Predicate<Prompt> condition, Function<Prompt, String> answer) {}

    private final String name;
    private final int contextTokens;
    private final List<Line> script = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private ToDoubleBiFunction<Prompt, String> scores = (prompt, continuation) -> -tokens(
            continuation).size();
    private boolean closed;

    public ScriptedLanguageModel(String name) {
        this(name, 4096);
    }

    public ScriptedLanguageModel(String name, int contextTokens) {
        this.name = name;
        this.contextTokens = contextTokens;
    }

    /// Adds an answer for the prompts of which the condition holds.
    public ScriptedLanguageModel when(Predicate<Prompt> condition, String answer) {
        return when(condition, prompt -> answer);
    }

    /// Adds an answer made of the prompt.
    public ScriptedLanguageModel when(Predicate<Prompt> condition,
            Function<Prompt, String> answer) {
        script.add(new Line(condition, answer));
        return this;
    }

    /// Adds an answer for the prompts with a message that contains the text.
    public ScriptedLanguageModel whenAsked(String part, String answer) {
        return when(prompt -> prompt.messages().stream().anyMatch(m -> m.text().contains(part)),
                answer);
    }

    /// Adds an answer for whatever no earlier condition fits.
    public ScriptedLanguageModel otherwise(String answer) {
        return when(prompt -> true, answer);
    }

    /// Drops all answers that were added.
    public ScriptedLanguageModel forget() {
        script.clear();
        return this;
    }

    /// Sets the log-probability of each continuation; without it, a token costs one nat.
    public ScriptedLanguageModel scoring(ToDoubleBiFunction<Prompt, String> logProbability) {
        scores = logProbability;
        return this;
    }

    /// The prompts it was given to continue or to score under, oldest first.
    public synchronized List<Prompt> prompts() {
        return List.copyOf(prompts);
    }

    @Override
    public synchronized String name() {
        requireOpen();
        return name;
    }

    @Override
    public synchronized int contextTokens() {
        requireOpen();
        return contextTokens;
    }

    @Override
    public synchronized int countTokens(Prompt prompt) {
        requireOpen();
        return prompt.messages().stream().mapToInt(m -> 2 + tokens(m.text()).size()).sum()
                + tokens(prompt.answerPrefix()).size();
    }

    @Override
    public synchronized Generation generate(Prompt prompt, Decoding decoding)
            throws InterruptedException {
        int promptTokens = begin(prompt, decoding.maxTokens());
        String answer = script.stream().filter(line -> line.condition().test(prompt)).findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no answer for " + prompt))
                .answer().apply(prompt);
        return say(tokens(answer), promptTokens, decoding);
    }

    private static Generation say(List<String> answer, int promptTokens, Decoding decoding) {
        var text = new StringBuilder();
        for (int said = 0; said < decoding.maxTokens(); said++) {
            boolean atEnd = said == answer.size();
            String next = atEnd ? "" : answer.get(said);
            if (!decoding.mask().allows(text.toString(), next)) {
                boolean mayEnd = !atEnd && decoding.mask().allows(text.toString(), "");
                return new Generation(text.toString(), promptTokens, said,
                        mayEnd ? End.TURN : End.MASK);
            }
            if (atEnd) {
                return new Generation(text.toString(), promptTokens, said, End.TURN);
            }
            text.append(next);
            int stop = decoding.stops().stream().mapToInt(text::indexOf).filter(at -> at >= 0)
                    .min().orElse(-1);
            if (stop >= 0) {
                return new Generation(text.substring(0, stop), promptTokens, said + 1, End.STOP);
            }
        }
        return new Generation(text.toString(), promptTokens, decoding.maxTokens(), End.LENGTH);
    }

    @Override
    public synchronized List<Score> score(Prompt prompt, List<String> continuations)
            throws InterruptedException {
        for (int i = 0; i < continuations.size(); i++) {
            if (continuations.get(i).isEmpty()) {
                throw new IllegalArgumentException("continuations[%d] must not be empty"
                        .formatted(i));
            }
        }
        begin(prompt, continuations.stream().mapToInt(c -> tokens(c).size()).max().orElse(0));
        return continuations.stream()
                .map(c -> new Score(tokens(c).size(), scores.applyAsDouble(prompt, c))).toList();
    }

    private int begin(Prompt prompt, int more) throws InterruptedException {
        int promptTokens = countTokens(prompt);
        if (promptTokens + more > contextTokens) {
            throw new PromptTooLongException(name, promptTokens + more, contextTokens);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        prompts.add(prompt);
        return promptTokens;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
