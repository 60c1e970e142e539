package dev.memcollab.constraint;

/// What was decided about a constraint beside what was measured.
///
/// @param approved a person read it and wants it recalled
/// @param promoted it is recalled in every project: a person wants it, or two projects learnt it
public record Ruling(boolean approved, boolean promoted) {
    public static final Ruling NONE = new Ruling(false, false);

    public Ruling with(Ruling other) {
        return new Ruling(approved || other.approved, promoted || other.promoted);
    }
}
