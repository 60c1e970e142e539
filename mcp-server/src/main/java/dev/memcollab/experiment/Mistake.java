package dev.memcollab.experiment;

import dev.memcollab.verify.Verification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What kind of failure a verifier saw, coarse enough to be recognised at another task.
final class Mistake {
    private static final Pattern PYTHON_ERROR = Pattern
            .compile("(?m)^(?:[a-z_]+\\.)*(?<name>[A-Z]\\w*(?:Error|Exception|Interrupt|Exit))\\b");
    private static final Pattern GOT = Pattern.compile("got \"(?<got>.*)\"", Pattern.DOTALL);

    private Mistake() {}

    /// The name of the Python error, "time limit", "wrong number", "no number" or "other"; empty where
    /// the answer passed.
    static String kind(Verification verification) {
        String message = verification.message();
        if (verification.passed()) {
            return "";
        }
        Matcher error = PYTHON_ERROR.matcher(message);
        if (error.find()) {
            return error.group("name");
        }
        Matcher got = GOT.matcher(message);
        if (got.find()) {
            return got.group("got").chars().anyMatch(Character::isDigit)
                    ? "wrong number"
                    : "no number";
        }
        return message.startsWith("did not end") ? "time limit" : "other";
    }
}
