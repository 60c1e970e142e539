package dev.memcollab.contrast;

/// How far a rule that is drawn from one contrast is meant to hold.
public enum Breadth {
    /// For tasks about the same things, which it names.
    SITUATED,
    /// For tasks of the same kind, whatever they are about.
    GENERAL
}
