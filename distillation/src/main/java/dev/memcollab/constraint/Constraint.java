package dev.memcollab.constraint;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One sentence that is true of more than one task: "When *when*, enforce *enforce*; avoid
/// *avoid*."
///
/// @param when the trigger: what a task must be like for the rest to matter
/// @param enforce the invariant i kept by the run that worked
/// @param avoid the violation v seen in the run that did not
public record Constraint(String when, String enforce, String avoid) {
    /// How the trigger of a rule about things begins: "working on seats of the theatre".
    public static final String WORKING_ON = "working on";

    private static final Pattern SENTENCE = Pattern
            .compile(
                    "When (?<when>%1$s?), enforce (?<enforce>%1$s); avoid (?<avoid>%1$s)\\."
                            .formatted("[^;\\n]*[^.,;:\\s][^;\\n]*"));

    public Constraint {
        when = slot("when", when);
        enforce = slot("enforce", enforce);
        avoid = slot("avoid", avoid);
    }

    /// Reads the one-sentence form; empty when the text is anything else.
    public static Optional<Constraint> parse(String text) {
        Matcher sentence = SENTENCE.matcher(text);
        return sentence.matches()
                ? Optional.of(new Constraint(sentence.group("when"), sentence.group("enforce"),
                        sentence.group("avoid")))
                : Optional.empty();
    }

    public String sentence() {
        return "When %s, enforce %s; avoid %s.".formatted(when, enforce, avoid);
    }

    /// Whether it is about things, and not about a kind of task.
    public boolean isAboutThings() {
        return when.startsWith(WORKING_ON + " ");
    }

    /// The sentence without what does not change its meaning; equal texts are one constraint.
    public String normalised() {
        return sentence().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    /// The share of words that two constraints have in common (Jaccard), in [0, 1].
    public double similarity(Constraint other) {
        Set<String> words = new HashSet<>(List.of(normalised().split(" ")));
        Set<String> others = new HashSet<>(List.of(other.normalised().split(" ")));
        long common = words.stream().filter(others::contains).count();
        return (double) common / (words.size() + others.size() - common);
    }

    private static String slot(String field, String value) {
        String slot = value.strip().replaceAll("[.,;:\\s]+$", "");
        if (slot.isEmpty()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        if (slot.contains(";") || slot.contains("\n")) {
            throw new IllegalArgumentException(
                    "%s must be one clause without \";\" or line breaks, got \"%s\""
                            .formatted(field, slot));
        }
        return slot;
    }
}
