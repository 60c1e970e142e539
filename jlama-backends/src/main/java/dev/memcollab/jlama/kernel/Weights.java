package dev.memcollab.jlama.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A matrix of quantised weights as the model's file has it.
///
/// A block is 32 weights of a row: a weight is `(code − 2^(bits − 1)) · scale`, plus the block's shift
/// where the matrix has shifts. A row is cut into bundles of 16 blocks, the last of which may have
/// fewer. In a bundle the blocks lie side by side: a vector of ints has an int of each block, so that
/// the scales of a bundle are a vector too.
///
/// - Low: the lower four bits of a code. Bits 4f to 4f + 3 of a block's int v belong to its weight
///   8v + f.
/// - High: the other h bits. They lie in the block's int v · h / 4, from bit 4f + v · h mod 4 on.
/// - Scale and shift: the upper halves of floats, block after block.
///
/// @param owner keeps the memory mapped
/// @param low where the plane of the lower bits begins, and so on; 0 for a plane that is not there.
///     Each may be read [#BEYOND] bytes further than it goes
public record Weights(MemorySegment owner, int bits, long low, long high, long scale, long shift,
        int rows, int columns) {
    /// Weights that share a scale.
    public static final int BLOCK = 32;
    /// Blocks that lie side by side.
    public static final int BUNDLE = 16;
    /// Bytes that a plane may be read further than it goes.
    public static final int BEYOND = 64;
    /// Ints of a block's lower bits.
    static final int INTS = 4;
    /// Weights of an int.
    static final int FIELDS = 8;

    public Weights {
        if (bits != 4 && bits != 5 && bits != 6 && bits != 8) {
            throw new IllegalArgumentException("bits must be 4, 5, 6 or 8, got " + bits);
        }
        if (rows < 1 || columns < BLOCK || columns % BLOCK != 0) {
            throw new IllegalArgumentException("rows must be positive and columns a multiple of "
                    + "%d, got %d × %d".formatted(BLOCK, rows, columns));
        }
    }

    /// Bits of a code beyond the lower four.
    int highBits() {
        return bits - 4;
    }

    /// The code of what is as far from the largest as from the smallest.
    int middle() {
        return 1 << (bits - 1);
    }

    boolean isShifted() {
        return shift != 0;
    }

    int blocks() {
        return columns / BLOCK;
    }

    int bundles() {
        return Math.ceilDiv(blocks(), BUNDLE);
    }

    /// Blocks of a bundle.
    int blocks(int bundle) {
        return Math.min(BUNDLE, blocks() - bundle * BUNDLE);
    }

    long low(int row, int bundle) {
        return low + ((long) row * columns + (long) bundle * BUNDLE * BLOCK) / 2;
    }

    /// Where the upper bits begin; where there are none, the lower.
    long high(int row, int bundle) {
        return highBits() == 0
                ? low(row, bundle)
                : high + ((long) row * columns + (long) bundle * BUNDLE * BLOCK) / 8 * highBits();
    }

    /// Where the upper bits of the weights of an int are, from [#highPlace] on.
    long high(int row, int bundle, int v) {
        return high(row, bundle)
                + (long) Integer.BYTES * blocks(bundle) * (v * highBits() / INTS);
    }

    int highPlace(int v) {
        return v * highBits() % INTS;
    }

    long scale(int row, int block) {
        return scale + Short.BYTES * ((long) row * blocks() + block);
    }

    long shift(int row, int block) {
        return shift + Short.BYTES * ((long) row * blocks() + block);
    }

    /// Writes a row as floats into a row of a matrix.
    public void unpack(int row, Matrix target, int to) {
        Objects.checkIndex(to, target.rows());
        if (row < 0 || row >= rows || target.columns() != columns) {
            throw new IllegalArgumentException(
                    "row must lie in 0..%d and have %d columns, got %d of %d".formatted(rows - 1,
                            target.columns(), row, columns));
        }
        for (int block = 0; block < blocks(); block++) {
            float factor = Codes.bfloat(scale(row, block));
            float added = isShifted() ? Codes.bfloat(shift(row, block)) : 0;
            for (int i = 0; i < BLOCK; i++) {
                target.set(to, block * BLOCK + i,
                        Math.fma(factor, code(row, block, i) - middle(), added));
            }
        }
    }

    private int code(int row, int block, int i) {
        int bundle = block / BUNDLE;
        int side = Integer.BYTES * blocks(bundle);
        int at = Integer.BYTES * (block % BUNDLE);
        int v = i / FIELDS;
        int place = 4 * (i % FIELDS);
        int code = Memory.getInt(low(row, bundle) + (long) side * v + at) >>> place & 15;
        if (highBits() > 0) {
            int bit = v * highBits();
            int upper = Memory.getInt(high(row, bundle) + (long) side * (bit / 4) + at);
            code |= (upper >>> (place + bit % 4) & ((1 << highBits()) - 1)) << 4;
        }
        return code;
    }
}
