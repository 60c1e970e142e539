package dev.memcollab.constraint;

/// What the abstraction filter says of a candidate.
public sealed interface FilterVerdict {
    /// The candidate is general enough to be checked.
    record Passed(Constraint constraint) implements FilterVerdict {}

    /// The candidate is dropped.
    ///
    /// @param rule what it broke, in words
    record Rejected(String sentence, String rule) implements FilterVerdict {}
}
