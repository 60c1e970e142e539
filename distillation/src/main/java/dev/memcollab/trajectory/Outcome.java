package dev.memcollab.trajectory;

import java.util.Arrays;
import java.util.Locale;

/// Whether a run did what its task asked (the paper's indicator I).
public enum Outcome {
    SUCCESS, FAILURE, UNKNOWN;

    public static Outcome parse(String value) {
        return Arrays.stream(values()).filter(outcome -> outcome.label().equals(value)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "outcome must be success, failure or unknown, got \"%s\""
                                .formatted(value)));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// One of the two worked, the other did not.
    public boolean opposes(Outcome other) {
        return this != other && this != UNKNOWN && other != UNKNOWN;
    }
}
