package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// The inner loops of products of whole numbers: rows of activations in the lanes, two to an int, times
/// rows of codes, two to an int too, the sums in shorts.
///
/// Sums of shorts must not overflow: who calls keeps activations small enough for the codes. Each method
/// is one nest of loops and small: see [Tiles].
final class ShortTiles {
    /// Products of a lane that are summed in a short: half a block's, for each lane has two.
    static final int STEPS = Weights.BLOCK / 2;

    private static final long LANES_BYTES = (long) Lanes.COUNT * Integer.BYTES;
    private static final long WIDTH_BYTES = 2 * LANES_BYTES;
    private static final long TILE_BYTES = Tiles.ROWS * WIDTH_BYTES;

    private ShortTiles() {}

    /// The first of a block's weights that the codes of a step are of; the other is four on.
    static int weight(int step) {
        return step / 4 * Weights.FIELDS + step % 4;
    }

    /// Leaves, for each part of each block, sums of shorts: a tile's width of ints for each row of codes.
    ///
    /// @param parts in how many the sums of a block are left: one or two
    /// @param x for each step a tile's width of ints, of which each is two activations of a row
    /// @param w ints of codes, a block's next to the next block's
    /// @param side bytes from a step's int to the next step's
    /// @param wRow bytes from a row of codes to the next
    static void multiply(int blocks, int parts, long x, long w, long side, long wRow, long sums) {
        int steps = STEPS / parts;
        for (int block = 0; block < blocks; block++) {
            long at = w + (long) Integer.BYTES * block;
            for (int part = 0; part < parts; part++) {
                products(steps, x, at, side, wRow, sums);
                x += WIDTH_BYTES * steps;
                at += side * steps;
                sums += TILE_BYTES;
            }
        }
    }

    private static void products(int steps, long x, long w, long side, long wRow, long sums) {
        ShortVector zero = ShortVector.zero(Lanes.SHORTS);
        ShortVector s00 = zero, s01 = zero, s10 = zero, s11 = zero;
        ShortVector s20 = zero, s21 = zero, s30 = zero, s31 = zero;
        for (int step = 0; step < steps; step++) {
            ShortVector x0 = Memory.shorts(x);
            ShortVector x1 = Memory.shorts(x + LANES_BYTES);
            x += WIDTH_BYTES;
            ShortVector y = Memory.broadcastPair(w);
            s00 = x0.mul(y).add(s00);
            s01 = x1.mul(y).add(s01);
            y = Memory.broadcastPair(w + wRow);
            s10 = x0.mul(y).add(s10);
            s11 = x1.mul(y).add(s11);
            y = Memory.broadcastPair(w + 2 * wRow);
            s20 = x0.mul(y).add(s20);
            s21 = x1.mul(y).add(s21);
            y = Memory.broadcastPair(w + 3 * wRow);
            s30 = x0.mul(y).add(s30);
            s31 = x1.mul(y).add(s31);
            w += side;
        }
        Memory.put(s00, sums);
        Memory.put(s01, sums + LANES_BYTES);
        Memory.put(s10, sums + 2 * LANES_BYTES);
        Memory.put(s11, sums + 3 * LANES_BYTES);
        Memory.put(s20, sums + 4 * LANES_BYTES);
        Memory.put(s21, sums + 5 * LANES_BYTES);
        Memory.put(s30, sums + 6 * LANES_BYTES);
        Memory.put(s31, sums + 7 * LANES_BYTES);
    }

    /// Adds blocks' sums, each times its scales, to a tile's floats.
    ///
    /// @param parts in how many each block's sums are left
    /// @param xScales for each block a tile's width of floats
    /// @param wScales floats, of a row of weights
    /// @param wRow bytes from a row of scales to the next
    static void scale(int blocks, int parts, long sums, long xScales, long wScales, long wRow,
            long tile) {
        for (int row = 0; row < Tiles.ROWS; row++) {
            FloatVector s0 = Memory.lanes(tile);
            FloatVector s1 = Memory.lanes(tile + LANES_BYTES);
            long at = sums;
            for (int block = 0; block < blocks; block++) {
                IntVector i0 = Lanes.broadcast(0);
                IntVector i1 = i0;
                for (int part = 0; part < parts; part++) {
                    i0 = i0.add(Codes.pairs(at));
                    i1 = i1.add(Codes.pairs(at + LANES_BYTES));
                    at += TILE_BYTES;
                }
                long scales = xScales + WIDTH_BYTES * block;
                FloatVector scale = FloatVector.broadcast(Lanes.FLOATS,
                        Memory.get(wScales + (long) Float.BYTES * block));
                s0 = Codes.floats(i0).fma(Memory.lanes(scales).mul(scale), s0);
                s1 = Codes.floats(i1).fma(Memory.lanes(scales + LANES_BYTES).mul(scale), s1);
            }
            Memory.put(s0, tile);
            Memory.put(s1, tile + LANES_BYTES);
            tile += WIDTH_BYTES;
            sums += WIDTH_BYTES;
            wScales += wRow;
        }
    }
}
