package dev.memcollab.verify;

/// What a verifier says of an answer.
///
/// @param message what it saw, for whoever gave the answer; empty where it passed
public record Verification(boolean passed, String message) {
    public static final Verification PASSED = new Verification(true, "");

    public static Verification failed(String message) {
        return new Verification(false, message);
    }
}
