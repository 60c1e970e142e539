package dev.memcollab.server;

/// What a constraint says, whole and in its parts.
///
/// @param text the sentence: "When …, enforce …; avoid …"
/// @param avoid blank if the constraint avoids nothing
public record ConstraintText(String text, String when, String enforce, String avoid) {
    public ConstraintText {
        Required.text("text", text);
        Required.text("when", when);
        Required.text("enforce", enforce);
    }
}
