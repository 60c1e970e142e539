package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;

/// Activations with their rows in the lanes: for each tile's width of rows, the floats of a column
/// side by side, column after column.
final class Packed {
    private static final int ROW_BYTES = Tiles.WIDTH * Float.BYTES;

    private final Matrix blocks; // one row a block
    private int rows;

    Packed(Arena arena, int rows, int columns) {
        this.blocks = Matrix.zeros(arena, Math.ceilDiv(rows, Tiles.WIDTH), columns * Tiles.WIDTH);
    }

    /// Rows of a block, all but the last one's a tile's width.
    int rows(int block) {
        return Math.min(Tiles.WIDTH, rows - block * Tiles.WIDTH);
    }

    void expect(int rows) {
        this.rows = rows;
    }

    /// Where the lanes of a column are.
    long address(int block, int column) {
        return blocks.address(block, column * Tiles.WIDTH);
    }

    /// Packs rows into a block, multiplied with a factor.
    ///
    /// @param column from which on `order` counts the columns that are packed
    void pack(int block, Matrix from, int first, int column, int[] order, float factor) {
        for (int i = 0; i < Tiles.WIDTH; i++) {
            long target = address(block, 0) + (long) Float.BYTES * i;
            boolean empty = i >= rows(block);
            long source = empty ? 0 : from.address(first + i, column);
            for (int k : order) {
                Memory.set(target,
                        empty ? 0f : factor * Memory.get(source + (long) Float.BYTES * k));
                target += ROW_BYTES;
            }
        }
    }
}
