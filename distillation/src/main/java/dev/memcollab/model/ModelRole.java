package dev.memcollab.model;

/// The part a model plays in a [ModelPair].
public enum ModelRole {
    WEAK, STRONG
}
