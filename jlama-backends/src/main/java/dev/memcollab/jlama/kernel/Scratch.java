package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;

/// What a thread works with while it computes one part; each part overwrites what the last one left.
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final Matrix panel = Matrix.zeros(Arena.ofAuto(), 1,
            Panels.ROWS * Weights.BUNDLE * Weights.BLOCK + Weights.BUNDLE);
    private final Matrix dots = Matrix.zeros(Arena.ofAuto(), 1, DirectDots.NEAR);
    private Matrix sums = Matrix.zeros(Arena.ofAuto(), 1,
            Weights.BUNDLE * Tiles.ROWS * Tiles.WIDTH);
    private Matrix tiles = Matrix.zeros(Arena.ofAuto(), 1, Panels.ROWS * Tiles.WIDTH);
    private Matrix scales = Matrix.zeros(Arena.ofAuto(), 1, 1024);

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

    /// Room for more of it than a panel needs.
    long sums(int count) {
        if (sums.columns() < count) {
            sums = Matrix.zeros(Arena.ofAuto(), 1, count);
        }
        return sums();
    }

    /// Room for a float of each of the rows that [DirectDots] takes at a time.
    long dots() {
        return dots.address(0, 0);
    }

    /// Sets the results of a panel to zero.
    ///
    /// @param count of widths of tiles
    void clearTiles(int count) {
        if (tiles.rows() < count) {
            tiles = Matrix.zeros(Arena.ofAuto(), count, Panels.ROWS * Tiles.WIDTH);
        }
        tiles.clear(count);
    }

    /// Where the results of a panel's row are, for some tile's width of activations.
    long tile(int tile, int row) {
        return tiles.address(tile, row * Tiles.WIDTH);
    }

    /// Room for the floats of some rows of scales.
    long scales(int count) {
        if (scales.columns() < count + Lanes.COUNT) {
            scales = Matrix.zeros(Arena.ofAuto(), 1, count + Lanes.COUNT);
        }
        return scales.address(0, 0);
    }
}
