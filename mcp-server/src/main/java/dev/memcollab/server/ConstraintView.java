package dev.memcollab.server;

import java.util.List;

/// A constraint with everything that speaks for or against it.
public record ConstraintView(String id, ConstraintText statement, Topic topic, int support,
        String origin, List<Evidence> evidence) {
    public ConstraintView {
        Required.text("id", id);
        Required.text("origin", origin);
        Required.notNegative("support", support);
        evidence = List.copyOf(evidence);
    }

    /// One piece of evidence.
    ///
    /// @param kind what it is, in a word: run, replay, margin, helped, harmed
    /// @param source the run's id, or the model that checked
    /// @param detail a sentence for a person
    public record Evidence(String kind, String source, String detail) {
        public Evidence {
            Required.text("kind", kind);
            Required.text("source", source);
            Required.text("detail", detail);
        }
    }
}
