package dev.memcollab.constraint;

import java.util.Locale;

/// How far a constraint has come. Only an active one is recalled without reserve.
public enum Standing {
    /// A hypothesis: well-formed, and not yet borne out.
    CANDIDATE,
    /// Two independent contrasts led to it.
    CORROBORATED,
    /// With it a model passed a task that it failed without, and nothing broke.
    VERIFIED,
    /// A person read it and said so.
    APPROVED;

    public boolean isActive() {
        return this != CANDIDATE;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Standing parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
