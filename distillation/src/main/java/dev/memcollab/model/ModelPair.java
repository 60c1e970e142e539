package dev.memcollab.model;

/// The two models of the method: `weak` (the paper's πw) and `strong` (πs). Roles, not names: any
/// two different models will do.
public record ModelPair(LanguageModel weak, LanguageModel strong) {
    public LanguageModel of(ModelRole role) {
        return switch (role) {
            case WEAK -> weak;
            case STRONG -> strong;
        };
    }
}
