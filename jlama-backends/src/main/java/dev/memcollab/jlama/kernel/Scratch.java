package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;

/// What a thread works with while it computes one part; each part overwrites what the last one left.
final class Scratch {
    /// Rows of weights in a panel.
    static final int PANEL_ROWS = 32;
    /// Columns of weights in a panel: a multiple of the block, and a panel fits the L2 cache.
    static final int PANEL_COLUMNS = 1792;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final Matrix panel = Matrix.zeros(Arena.ofAuto(), PANEL_ROWS, PANEL_COLUMNS);
    private final Matrix sums = Matrix.zeros(Arena.ofAuto(), 1, Tiles.ROWS * Tiles.WIDTH);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    long panel() {
        return panel.address(0, 0);
    }

    /// What the inner loops leave.
    long sums() {
        return sums.address(0, 0);
    }
}
