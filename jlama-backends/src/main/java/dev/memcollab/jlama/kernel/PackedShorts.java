package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;

/// Activations as whole numbers with their rows in the lanes: for each tile's width of rows, block after
/// block, for each step an int a row, which holds the two activations that an int of codes belongs to.
///
/// They are what [Rounding] makes of them, and steps are the scales.
final class PackedShorts {
    private static final int BLOCK = ShortTiles.STEPS * Tiles.WIDTH;

    private final int limit;
    private final Matrix numbers; // one row a tile's width of rows, as the others are
    private final Matrix scales;
    private final Matrix sums;

    /// @param limit the largest whole number
    PackedShorts(Arena arena, int rows, int depth, int limit) {
        this.limit = limit;
        int tiles = Math.ceilDiv(rows, Tiles.WIDTH);
        int blocks = depth / Weights.BLOCK;
        this.numbers = Matrix.zeros(arena, tiles, blocks * BLOCK);
        this.scales = Matrix.zeros(arena, tiles, blocks * Tiles.WIDTH);
        this.sums = Matrix.zeros(arena, tiles, blocks * Tiles.WIDTH);
    }

    long numbers(int tile, int block) {
        return numbers.address(tile, block * BLOCK);
    }

    /// Where a tile's width of scales is.
    long scales(int tile, int block) {
        return scales.address(tile, block * Tiles.WIDTH);
    }

    /// Where the sums of a block's rounded activations are.
    long sums(int tile, int block) {
        return sums.address(tile, block * Tiles.WIDTH);
    }

    /// Packs the rows of a tile.
    void pack(int tile, Matrix from, int rows) {
        int first = tile * Tiles.WIDTH;
        for (int block = 0; block < from.columns() / Weights.BLOCK; block++) {
            for (int i = 0; i < Tiles.WIDTH; i++) {
                if (first + i < rows) {
                    pack(tile, block, i, from.address(first + i, block * Weights.BLOCK));
                } else {
                    clear(tile, block, i);
                }
            }
        }
    }

    private void pack(int tile, int block, int i, long from) {
        float step = Rounding.step(from, limit);
        float inverse = Rounding.inverse(step);
        long to = numbers(tile, block) + (long) Integer.BYTES * i;
        int sum = 0;
        for (int k = 0; k < ShortTiles.STEPS; k++) {
            long x = from + (long) Float.BYTES * ShortTiles.weight(k);
            int low = Rounding.number(Memory.get(x), inverse);
            int high = Rounding.number(Memory.get(x + 4 * Float.BYTES), inverse);
            Memory.set(to + (long) Integer.BYTES * Tiles.WIDTH * k, (low & 0xFFFF) | high << 16);
            sum += low + high;
        }
        long at = (long) Float.BYTES * i;
        Memory.set(scales(tile, block) + at, step);
        Memory.set(sums(tile, block) + at, step * sum);
    }

    private void clear(int tile, int block, int i) {
        long to = numbers(tile, block) + (long) Integer.BYTES * i;
        for (int step = 0; step < ShortTiles.STEPS; step++) {
            Memory.set(to + (long) Integer.BYTES * Tiles.WIDTH * step, 0);
        }
        long at = (long) Float.BYTES * i;
        Memory.set(scales(tile, block) + at, 0f);
        Memory.set(sums(tile, block) + at, 0f);
    }
}
