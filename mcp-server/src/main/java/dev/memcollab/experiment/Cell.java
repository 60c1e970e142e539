package dev.memcollab.experiment;

import dev.memcollab.contrast.LocalPair.Attempts;
import java.util.Locale;

/// Who of the two local models solved a task.
public enum Cell {
    BOTH, ONLY_WEAK, ONLY_STRONG, NEITHER;

    static Cell of(Attempts attempts) {
        if (attempts.weak().passed()) {
            return attempts.strong().passed() ? BOTH : ONLY_WEAK;
        }
        return attempts.strong().passed() ? ONLY_STRONG : NEITHER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
