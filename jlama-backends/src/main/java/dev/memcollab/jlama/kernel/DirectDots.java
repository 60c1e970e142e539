package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import jdk.incubator.vector.VectorOperators;

/// A few rows of activations times rows of weights, which are used as they are read.
///
/// A field of a block's int, masked out where it stands, is the code times 16ˢ, where s is its place
/// in half an int; so activations are laid out in the order of the fields beforehand, and divided by
/// 16ˢ, which is exact. With c the middle of the codes, Σ (code − c) · x is Σ code · x − c · Σ x, of
/// which the second sum is the same for all rows of weights; so is the one that a block's shift is
/// multiplied with.
final class DirectDots {
    /// Rows of activations that one pass over the weights is shared by.
    private static final int SHARED = 2;
    /// Pairs of rows of weights that are multiplied with all activations before the next are.
    private static final int NEAR = 32;
    private static final int SIGN = 0x80000000;
    private static final float[] HALVES = {1, 0x1p-4f, 0x1p-8f, 0x1p-12f};
    private static final float[] BYTES = {1, 0x1p-8f, 0x1p-16f, 0x1p-24f};
    private static final int LANES_BYTES = Lanes.COUNT * Float.BYTES;
    private static final int SIDE = Weights.BUNDLE;
    private static final int BUNDLE_COLUMNS = Weights.BUNDLE * Weights.BLOCK;

    private final Matrix laidOut; // for each bundle, field by field, a vector of its blocks
    private final Matrix blockSums; // Σ x of each block
    private final Matrix lowerSums; // Σ x of those of a block whose codes are not topmost in an int
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
        this.blockSums = Matrix.zeros(arena, padded, bundles * SIDE);
        this.lowerSums = Matrix.zeros(arena, padded, bundles * SIDE);
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
        int padded = Math.ceilDiv(blocks, SIDE) * SIDE;
        for (int row = 0; row < rows; row++) {
            for (int block = 0; block < padded; block++) {
                if (block < blocks) {
                    layOut(activations, row, block);
                } else {
                    clear(row, block);
                }
            }
        }
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
        float lower = 0;
        for (int i = 0; i < Weights.BLOCK; i++) {
            float x = Memory.get(from + (long) Float.BYTES * weight(i));
            x = limit == 0 ? x : step * Rounding.number(x, inverse);
            sum += x;
            lower += i % 4 == 3 ? 0 : x;
            Memory.set(to + (long) Float.BYTES * SIDE * i,
                    x * (wide ? BYTES[i % 4] : HALVES[i % 4]));
        }
        blockSums.set(row, block, sum);
        lowerSums.set(row, block, lower);
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
        blockSums.set(row, block, 0);
        lowerSums.set(row, block, 0);
    }

    /// Multiplies with rows of weights, two at a time, half of all apart: memory comes faster in two
    /// long streams, and activations are loaded once for both.
    void multiply(Weights weights, int row, int count, Matrix result, boolean add) {
        Scratch scratch = Scratch.ofThread();
        int half = Math.ceilDiv(count, 2);
        int shared = wide ? 1 : SHARED;
        for (int j = 0; j < half; j += NEAR) {
            for (int i = 0; i < rows; i += shared) {
                for (int k = j; k < Math.min(j + NEAR, half); k++) {
                    int apart = half + k < count ? half : 0;
                    multiply(weights, row + k, row + k + apart, i, scratch);
                    put(0, i, result, row + k, add, scratch);
                    if (apart > 0) {
                        put(1, i, result, row + k + apart, add, scratch);
                    }
                }
            }
        }
    }

    /// Leaves the sums by lane of two rows of weights.
    private void multiply(Weights weights, int row0, int row1, int i, Scratch scratch) {
        int padded = weights.bundles() * SIDE;
        long row = (long) Float.BYTES * padded;
        long scales = scratch.scales(4 * padded);
        floats(weights.scale(row0, 0), padded, scales);
        floats(weights.scale(row1, 0), padded, scales + row);
        scratch.clearSums();
        if (weights.isShifted()) {
            floats(weights.shift(row0, 0), padded, scales + 2 * row);
            floats(weights.shift(row1, 0), padded, scales + 3 * row);
            DirectTiles.shifts(scales + 2 * row, scales + 3 * row, blockSums.address(i, 0),
                    blockSums.stride(), padded, scratch.sums());
        }
        for (int lane = 0; lane < SIDE; lane += Lanes.COUNT) {
            int bundles = blocks / SIDE + (lane < blocks % SIDE ? 1 : 0);
            tiles(weights, row0, row1, i, bundles, (long) Integer.BYTES * lane, scales,
                    scratch.sums());
        }
    }

    /// What is read beyond a bundle's last block counts nothing, and must not be infinite.
    private void floats(long from, int padded, long to) {
        UnpackTiles.bfloats(from, blocks, to);
        for (int block = blocks; block < padded; block++) {
            Memory.set(to + (long) Float.BYTES * block, 0f);
        }
    }

    /// @param skip bytes to the lanes that are multiplied
    private void tiles(Weights weights, int row0, int row1, int i, int bundles, long skip,
            long scales, long sums) {
        int whole = blocks / SIDE;
        long rest = (long) Integer.BYTES * (blocks % SIDE);
        long low0 = weights.low(row0, 0) + skip;
        long low1 = weights.low(row1, 0) + skip;
        long high0 = weights.high(row0, 0) + skip;
        long high1 = weights.high(row1, 0) + skip;
        long scale0 = scales + skip;
        long scale1 = scale0 + (long) Float.BYTES * SIDE * weights.bundles();
        long x = laidOut.address(i, 0) + skip;
        long blockSum = blockSums.address(i, 0) + skip;
        if (weights.bits() > 4) {
            boolean signed = weights.bits() == 8;
            DirectTiles.one8(Weights.INTS, low0, low1, high0, high1, weights.highBits(),
                    signed ? SIGN : 0, whole, rest, scale0, scale1, weights.middle(), x,
                    signed ? lowerSums.address(i, 0) + skip : blockSum, bundles, sums);
        } else if (i + 1 == rows) {
            DirectTiles.one4(Weights.INTS, low0, low1, whole, rest, scale0, scale1,
                    weights.middle(), x, blockSum, bundles, sums);
        } else {
            DirectTiles.two4(Weights.INTS, low0, low1, whole, rest, scale0, scale1,
                    weights.middle(), x, laidOut.stride(), blockSum, blockSums.stride(), bundles,
                    sums);
        }
    }

    private void put(int which, int i, Matrix result, int to,
            boolean add, Scratch scratch) {
        long sums = scratch.sums() + (long) LANES_BYTES * SHARED * which;
        for (int r = 0; r < Math.min(wide ? 1 : SHARED, rows - i); r++) {
            float sum = Memory.lanes(sums + (long) LANES_BYTES * r)
                    .reduceLanes(VectorOperators.ADD);
            long target = result.address(i + r, to);
            Memory.set(target, add ? Memory.get(target) + sum : sum);
        }
    }
}
