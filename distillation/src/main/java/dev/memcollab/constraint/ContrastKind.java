package dev.memcollab.constraint;

import java.util.Locale;

/// Where a contrast comes from, the surest first.
public enum ContrastKind {
    /// Two recorded runs of the same task with opposite outcomes.
    RECORDED_PAIR,
    /// An attempt that failed and the one that worked, inside one run.
    REVISION,
    /// The two local models at a task with a verifier: the paper's own setting.
    LOCAL_PAIR,
    /// A recorded run that worked against what the local models would have done.
    RECORDED_AGAINST_LOCAL,
    /// One run by itself, compared with nothing: what the paper sets contrast against. No server makes it.
    SINGLE_RUN,
    /// A contrast of any kind in which the rule itself stood, in what was read or was recalled: it
    /// was told, not found. However often it is repeated, it does not corroborate.
    TOLD;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ContrastKind parse(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// How far a constraint of this kind is trusted before any evidence has come, in (0, 1].
    public double trust() {
        return switch (this) {
            case RECORDED_PAIR, REVISION, LOCAL_PAIR -> 1.0;
            case RECORDED_AGAINST_LOCAL, SINGLE_RUN, TOLD -> 0.5;
        };
    }
}
