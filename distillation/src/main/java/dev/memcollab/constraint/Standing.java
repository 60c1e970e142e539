package dev.memcollab.constraint;

import java.util.Locale;

/// How far a constraint has come.
public enum Standing {
    /// A hypothesis: well-formed, and not yet borne out.
    CANDIDATE,
    /// With it a model passed a task that it failed without, and nothing broke.
    VERIFIED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Standing parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
