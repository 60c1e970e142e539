package dev.memcollab.verify;

import dev.memcollab.trajectory.Verifier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Compares a final answer with the expected one: as numbers where the expected one is a number,
/// else as words.
public final class AnswerVerifier {
    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(?:\\.\\d+)?");
    private static final Pattern NOTHING_BUT_A_NUMBER = Pattern
            .compile("[$€£]?\\s*" + NUMBER.pattern() + "\\s*%?\\.?");
    private static final Pattern STATED = Pattern
            .compile("(?:####|\\banswer\\s*(?:is|:|=)|\\\\boxed\\{)\\s*([^\\n}]+)",
                    Pattern.CASE_INSENSITIVE);

    /// Judges a whole answer, of which the last stated result counts.
    public Verification verify(Verifier.Answer expected, String answer) {
        String given = stated(answer);
        boolean right = NOTHING_BUT_A_NUMBER.matcher(expected.expected().strip()).matches()
                ? sameNumber(given, expected.expected())
                : words(given).equals(words(expected.expected()));
        return right
                ? Verification.PASSED
                : Verification.failed("the answer is wrong: got \"%s\"".formatted(given));
    }

    /// What follows the last "####", "answer is" or the like; else the last line.
    private static String stated(String answer) {
        List<MatchResult> results = STATED.matcher(answer).results().toList();
        if (!results.isEmpty()) {
            return results.getLast().group(1).strip();
        }
        return answer.strip().lines().reduce("", (before, line) -> line).strip();
    }

    private static boolean sameNumber(String given, String expected) {
        return number(given).flatMap(one -> number(expected).map(one::compareTo))
                .filter(difference -> difference == 0).isPresent();
    }

    /// The last number of a text, without separators of thousands.
    private static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).results().reduce((before, last) -> last)
                .map(last -> new BigDecimal(last.group().replace(",", "")));
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
