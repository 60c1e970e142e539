package dev.memcollab.contrast;

import dev.memcollab.constraint.AbstractionFilter;
import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.model.TokenMask;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keeps a slot of a rule to plain words while it is decoded. In a general rule none belongs to the
/// task itself ("sessions", "invoice"), so that the model has to say what kind of thing it is; in one
/// about the same things these stay.
///
/// Rejecting a finished rule for such a word would only throw the sample away; a mask makes the
/// model go on with its next best word.
final class RuleWords implements TokenMask {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}_]+$");
    private static final Pattern CAMEL_CASE = Pattern.compile("\\p{Ll}\\p{Lu}");
    private static final String MARKUP = "`{}<>[]()\\|=\n_*#\"/";
    private static final int SHORTEST_PREFIX = 3;

    /// What a half that is read from a run must not speak of.
    private static final Set<String> RUNS = Set.of("attempt", "attempts", "attempting",
            "expected", "assertion");
    /// What is no thing that a task is about.
    private static final Set<String> CODE = Set.of("function", "functions", "method", "methods",
            "code");
    private static final Pattern LAST_NUMBER = Pattern.compile("[\\p{N}.]*\\p{N}$");
    private static final Pattern QUOTES = Pattern.compile("(?<!\\p{L})['‘“]");

    private final OrdinaryLanguage language;
    private final Set<String> refused; // words, lower case
    private final Set<String> numbers;

    private RuleWords(Set<String> refused, Set<String> numbers, OrdinaryLanguage language) {
        this.refused = refused;
        this.numbers = numbers;
        this.language = language;
    }

    /// Of a rule for tasks of the same kind.
    static RuleWords general(String task, OrdinaryLanguage language) {
        return new RuleWords(subjectsOf(task, language), AbstractionFilter.FREE_NUMBERS, language);
    }

    /// Of what a run about the same things did.
    ///
    /// @param numbers that it may say
    static RuleWords situated(Set<String> numbers, OrdinaryLanguage language) {
        return new RuleWords(RUNS, numbers, language);
    }

    /// Of what a task is about.
    static RuleWords things(OrdinaryLanguage language) {
        return new RuleWords(CODE, AbstractionFilter.FREE_NUMBERS, language);
    }

    private static Set<String> subjectsOf(String task, OrdinaryLanguage language) {
        return WORD.matcher(task.toLowerCase(Locale.ROOT)).results()
                .map(match -> match.group()).filter(word -> word.length() >= SHORTEST_PREFIX)
                .filter(word -> !language.isCommonplace(word))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean allows(String soFar, String next) {
        if (leavesHalfANumber(soFar, next)) {
            return false;
        }
        if (next.isEmpty()) {
            return !soFar.isEmpty();
        }
        if (soFar.isEmpty() && (!startsWord(next) || isNegation(next))) {
            return false;
        }
        return isPlain(soFar, next) && !isRefused(soFar, next)
                && PreciseWords.ONLY.allows(soFar, next);
    }

    private static boolean startsWord(String token) {
        return token.length() > 1 && token.charAt(0) == ' ' && Character.isLetter(token.charAt(1));
    }

    /// "Avoid not adding one" says nothing that "enforce adding one" does not.
    private static boolean isNegation(String token) {
        return token.equals(" not");
    }

    private boolean isPlain(String soFar, String next) {
        String seam = soFar.isEmpty() ? next : soFar.charAt(soFar.length() - 1) + next;
        return next.chars().noneMatch(c -> MARKUP.indexOf(c) >= 0)
                && !CAMEL_CASE.matcher(seam).find() && !QUOTES.matcher(seam).find()
                && !endsInForeignNumber(soFar + next);
    }

    private boolean endsInForeignNumber(String text) {
        var last = LAST_NUMBER.matcher(text);
        return last.find()
                && numbers.stream().noneMatch(number -> number.startsWith(last.group()));
    }

    /// "Boxes of 12" must not end as "boxes of 1".
    private boolean leavesHalfANumber(String soFar, String next) {
        var last = LAST_NUMBER.matcher(soFar);
        return last.find() && !numbers.contains(last.group())
                && (next.isEmpty() || !Character.isLetterOrDigit(next.charAt(0)));
    }

    /// A word is refused at its first token, while another way on is open; its first token may be
    /// only a piece of it.
    private boolean isRefused(String soFar, String next) {
        if (startsWord(next)) {
            String begun = next.strip().toLowerCase(Locale.ROOT);
            return refused.contains(begun) || (isPiece(begun)
                    && refused.stream().anyMatch(word -> word.startsWith(begun)));
        }
        var last = LAST_WORD.matcher(soFar);
        String word = (last.find() ? last.group() : "") + next.strip();
        return refused.contains(word.toLowerCase(Locale.ROOT));
    }

    private boolean isPiece(String begun) {
        return begun.length() >= SHORTEST_PREFIX && !language.knows(begun);
    }
}
