package dev.memcollab.experiment;

/// When a model is given lines.
public enum When {
    /// Before its first turn.
    BEFORE,
    /// After a turn that failed, for what was seen.
    AFTER_FAILURE,
    /// Both.
    BOTH;

    boolean at(String feedback) {
        return this == BOTH || feedback.isEmpty() == (this == BEFORE);
    }
}
