package dev.memcollab.memory;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one kind of secret looks like.
///
/// @param kind as it is written in place of the secret
/// @param hints one of them is in every text that the shape matches, in lower case; none: always look
/// @param shape its group `secret` is what is taken out
/// @param secret decides on what the shape cannot
record SecretPattern(String kind, List<String> hints, Pattern shape, Predicate<Matcher> secret) {
    private static final String IDENTIFIER_END = "(?![A-Za-z0-9_-])";
    private static final String IDENTIFIER_START = "(?<![A-Za-z0-9_])";

    /// A token whose issuer gave it a prefix, so that it needs no second look.
    static SecretPattern token(String kind, String body, String... hints) {
        return shaped(kind, IDENTIFIER_START + "(?<secret>" + body + ")" + IDENTIFIER_END, hints);
    }

    static SecretPattern shaped(String kind, String shape, String... hints) {
        return new SecretPattern(kind, List.of(hints), Pattern.compile(shape), _ -> true);
    }

    SecretPattern where(Predicate<Matcher> secret) {
        return new SecretPattern(kind, hints, shape, secret);
    }

    String takeOut(String text, String lowerCase) {
        if (!hints.isEmpty() && hints.stream().noneMatch(lowerCase::contains)) {
            return text;
        }
        Matcher matcher = shape.matcher(text);
        var clean = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            if (secret.test(matcher)) {
                clean.append(text, done, matcher.start("secret")).append("[redacted:").append(kind)
                        .append(']');
                done = matcher.end("secret");
            }
        }
        return done == 0 ? text : clean.append(text, done, text.length()).toString();
    }
}
