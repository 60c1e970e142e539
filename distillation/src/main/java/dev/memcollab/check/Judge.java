package dev.memcollab.check;

import java.util.Set;

/// Who judges a candidate.
public enum Judge {
    /// [MarginCheck]: it ranks, and speaks against what both models oppose.
    MARGIN,
    /// [ReplayCheck]: it verifies, and speaks against what breaks other tasks.
    REPLAY;

    public static final Set<Judge> ALL = Set.of(MARGIN, REPLAY);
}
