package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;

/// A few rows of activations times rows of weights, whose codes are used as they are read.
///
/// A code that is masked out where it stands in an int is the code times 2ˢ, where s is its place; so
/// activations are laid out in the order of the codes beforehand, and divided by 2ˢ, which is exact.
/// With c the middle of the codes, Σ (code − c) · x is Σ code · x − c · Σ x, of which the second sum is the
/// same for all rows of weights; so is the one that a block's shift is multiplied with.
final class DirectDots {
    /// Rows of activations that share a pass over the weights.
    private static final int SHARED = 4;
    /// Rows of weights that are multiplied with all activations before the next are.
    static final int NEAR = 32;
    private static final float[] HALVES = {1, 0x1p-4f, 0x1p-8f, 0x1p-12f};
    private static final float[] BYTES = {1, 0x1p-8f};
    private static final int SIDE = Weights.BUNDLE;
    private static final int BUNDLE_COLUMNS = Weights.BUNDLE * Weights.BLOCK;

    private final Matrix laidOut; // for each bundle, code by code, a vector of its blocks
    private final Matrix sums; // Σ x of each block
    private final Matrix there; // for each block ~0, then 0
    private final boolean wide;
    private final int limit;
    private int rows;
    private int blocks;
    private boolean taken;

    /// @param depth most columns of activations
    /// @param wide for weights of more than four bits
    /// @param limit to which they are rounded, as [Rounding] tells; 0 where they are not
    DirectDots(Arena arena, int rows, int depth, boolean wide, int limit) {
        this.wide = wide;
        this.limit = limit;
        int padded = Math.ceilDiv(rows, SHARED) * SHARED;
        int bundles = Math.ceilDiv(depth, BUNDLE_COLUMNS);
        this.laidOut = Matrix.zeros(arena, padded, bundles * BUNDLE_COLUMNS);
        this.sums = Matrix.zeros(arena, padded, bundles * SIDE);
        this.there = Matrix.zeros(arena, 1, bundles * SIDE);
    }

    /// Forgets what activations it has.
    void forget() {
        taken = false;
    }

    /// Takes the activations that all following rows of weights are multiplied with, unless it has them.
    void take(Matrix activations, int rows) {
        if (taken) {
            return;
        }
        taken = true;
        this.rows = rows;
        this.blocks = activations.columns() / Weights.BLOCK;
        for (int block = 0; block < padded(); block++) {
            boolean is = block < blocks;
            Memory.set(there.address(0, block), is ? -1 : 0);
            for (int row = 0; row < rows; row++) {
                if (is) {
                    layOut(activations, row, block);
                } else {
                    clear(row, block);
                }
            }
        }
    }

    private int padded() {
        return Math.ceilDiv(blocks, SIDE) * SIDE;
    }

    private long laidOut(int row, int block) {
        return laidOut.address(row, block / SIDE * BUNDLE_COLUMNS + block % SIDE);
    }

    private void layOut(Matrix activations, int row, int block) {
        long from = activations.address(row, block * Weights.BLOCK);
        long to = laidOut(row, block);
        float step = limit == 0 ? 1 : Rounding.step(from, limit);
        float inverse = Rounding.inverse(step);
        float sum = 0;
        for (int i = 0; i < Weights.BLOCK; i++) {
            float x = Memory.get(from + (long) Float.BYTES * weight(i));
            x = limit == 0 ? x : step * Rounding.number(x, inverse);
            sum += x;
            Memory.set(to + (long) Float.BYTES * SIDE * i, x * (wide
                    ? BYTES[i % 2]
                    : HALVES[i % 4]));
        }
        sums.set(row, block, sum);
    }

    /// The weight of a block whose code comes as the ith: of eight, the even ones come first where two
    /// ints of bytes are made of them.
    private int weight(int i) {
        int field = i % Weights.FIELDS;
        return wide ? i - field + (field < 4 ? 2 * field : 2 * field - 7) : i;
    }

    private void clear(int row, int block) {
        for (int i = 0; i < Weights.BLOCK; i++) {
            Memory.set(laidOut(row, block) + (long) Float.BYTES * SIDE * i, 0f);
        }
        sums.set(row, block, 0);
    }

    /// Multiplies with rows of weights, some at a time, by turns from the first and the second half of
    /// them: memory comes faster in two long streams.
    void multiply(Weights weights, int row, int count, Matrix result, boolean add) {
        int half = Math.ceilDiv(count, 2);
        for (int j = 0; j < half; j += NEAR) {
            several(weights, row + j, Math.min(NEAR, half - j), result, add);
            int second = half + j;
            if (second < count) {
                several(weights, row + second, Math.min(NEAR, count - second), result, add);
            }
        }
    }

    private void several(Weights weights, int row, int count, Matrix result, boolean add) {
        for (int i = 0; i < rows; i += shared(i)) {
            sum(weights, row, count, i);
            for (int r = 0; r < Math.min(shared(i), rows - i); r++) {
                put(weights, row, count, i, r, result, add);
            }
        }
    }

    /// How many rows of activations are multiplied at once from some row on.
    private int shared(int i) {
        return rows - i < SHARED - 1 ? 1 : SHARED;
    }

    /// Bytes from the sums of a row of weights and activations to the next.
    private long sumStride() {
        return (long) Float.BYTES * padded();
    }

    /// Leaves, for each row of weights and each of the activations it shares, sums of each block.
    private void sum(Weights weights, int row, int count, int i) {
        long sums = Scratch.ofThread().sums(NEAR * SHARED * padded());
        for (int lane = 0; lane < SIDE; lane += Lanes.COUNT) {
            int bundles = blocks / SIDE + (lane < blocks % SIDE ? 1 : 0);
            long skip = (long) Float.BYTES * lane;
            sum(weights, row, count, i, bundles, skip, sums + skip);
        }
    }

    /// @param skip bytes to the lanes that are multiplied
    private void sum(Weights weights, int row, int count, int i, int bundles, long skip,
            long sums) {
        int whole = blocks / SIDE;
        long rest = (long) Integer.BYTES * (blocks % SIDE);
        int ints = Weights.INTS;
        int bits = weights.highBits();
        long low = weights.low(row, 0) + skip;
        long lowStride = weights.low(row + 1, 0) - weights.low(row, 0);
        long high = weights.high(row, 0) + skip;
        long highStride = weights.high(row + 1, 0) - weights.high(row, 0);
        long x = laidOut.address(i, 0) + skip;
        long xStride = laidOut.stride();
        long stride = sumStride();
        if (shared(i) == 1 && bits == 0) {
            DirectTiles.one4(count, ints, low, lowStride, whole, rest, x, bundles, sums, stride);
        } else if (shared(i) == 1) {
            DirectTiles.oneMore(count, ints, bits, low, lowStride, high, highStride, whole, rest,
                    x, bundles, sums, stride);
        } else if (bits == 0) {
            DirectTiles.four4(count, ints, low, lowStride, whole, rest, x, xStride, bundles, sums,
                    stride);
        } else {
            DirectTiles.fourMore(count, ints, bits, low, lowStride, high, highStride, whole, rest,
                    x, xStride, bundles, sums, stride);
        }
    }

    /// Makes dot products of the sums of one row of activations.
    private void put(Weights weights, int row, int count, int i, int r, Matrix result,
            boolean add) {
        Scratch scratch = Scratch.ofThread();
        long dots = scratch.dots();
        DirectTiles.dots(count, blocks, scratch.sums() + sumStride() * r, sumStride() * shared(i),
                weights.scale(row, 0), weights.isShifted() ? weights.shift(row, 0) : 0,
                there.address(0, 0), sums.address(i + r, 0), weights.middle(), dots);
        long to = result.address(i + r, row);
        for (int k = 0; k < count; k++) {
            long at = (long) Float.BYTES * k;
            Memory.set(to + at, add
                    ? Memory.get(to + at) + Memory.get(dots + at)
                    : Memory.get(dots + at));
        }
    }
}
