package dev.memcollab.experiment;

import dev.memcollab.contrast.LocalPair.Attempts;
import java.util.Locale;

/// Who of the two local models solved a task.
public enum Cell {
    BOTH, ONLY_WEAK, ONLY_STRONG,
    /// Neither of their greedy answers, and one that was drawn from the strong one.
    STRONG_WHEN_DRAWN, NEITHER;

    static Cell of(Attempts attempts) {
        if (attempts.weak().passed()) {
            return attempts.strong().passed() ? BOTH : ONLY_WEAK;
        }
        if (attempts.strong().passed()) {
            return ONLY_STRONG;
        }
        return attempts.drawn() == null ? NEITHER : STRONG_WHEN_DRAWN;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
