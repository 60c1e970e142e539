package dev.memcollab.trajectory;

import java.util.Arrays;
import java.util.Locale;

/// One step of a run: what the agent thought, what it did, or what it saw.
public record Step(Kind kind, String text) {
    public Step {
        text = text.strip();
    }

    public static Step thought(String text) {
        return new Step(Kind.THOUGHT, text);
    }

    public static Step action(String text) {
        return new Step(Kind.ACTION, text);
    }

    public static Step observation(String text) {
        return new Step(Kind.OBSERVATION, text);
    }

    /// What a step is.
    public enum Kind {
        THOUGHT, ACTION, OBSERVATION;

        public static Kind parse(String value) {
            return Arrays.stream(values()).filter(kind -> kind.label().equals(value)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "kind must be thought, action or observation, got \"%s\""
                                    .formatted(value)));
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
