package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rows of weights times rows of activations, the weights' codes as they are read: the inner loops of
/// [DirectDots].
///
/// Each method is one nest of loops and small: see [Tiles]. That the compiler does not know how many ints
/// a block has keeps it from making one long piece of them, for which registers do not suffice.
///
/// - `rows`: of weights; `lowStride` is the bytes from one to the next
/// - `whole`: bundles with all their blocks; of one that has fewer, the ints that lie side by side have
///   `rest` bytes
/// - `sums`: a vector of each bundle is left, for each row of weights `sumStride` bytes further on
final class DirectTiles {
    private static final long SIDE = (long) Weights.BUNDLE * Integer.BYTES;
    private static final int HALF = 16;
    private static final int BYTE = 255;

    private DirectTiles() {}

    /// Codes of four bits, times one row of activations. Four at a time are used where they stand, times
    /// 16ˢ.
    static void one4(int rows, int ints, long low, long lowStride, int whole, long rest, long x,
            int bundles, long sums, long sumStride) {
        IntVector place0 = Lanes.broadcast(15), place1 = Lanes.broadcast(15 << 4);
        IntVector place2 = Lanes.broadcast(15 << 8), place3 = Lanes.broadcast(15 << 12);
        for (int row = 0; row < rows; row++) {
            long w = low + lowStride * row;
            long y = x;
            for (int bundle = 0; bundle < bundles; bundle++) {
                long side = bundle < whole ? SIDE : rest;
                FloatVector s = FloatVector.zero(Lanes.FLOATS), t = s;
                for (int v = 0; v < ints; v++) {
                    IntVector codes = Memory.ints(w);
                    for (int half = 0; half < 2; half++) {
                        s = Codes.floats(codes.and(place0)).fma(Memory.lanes(y), s);
                        t = Codes.floats(codes.and(place1)).fma(Memory.lanes(y + SIDE), t);
                        s = Codes.floats(codes.and(place2)).fma(Memory.lanes(y + 2 * SIDE), s);
                        t = Codes.floats(codes.and(place3)).fma(Memory.lanes(y + 3 * SIDE), t);
                        codes = codes.lanewise(VectorOperators.LSHR, HALF);
                        y += 4 * SIDE;
                    }
                    w += side;
                }
                Memory.put(s.add(t), sums + sumStride * row + SIDE * bundle);
            }
        }
    }

    /// Codes of four bits, times four rows of activations, whose sums are `sumStride` apart; the next row
    /// of weights has the next four.
    static void four4(int rows, int ints, long low, long lowStride, int whole, long rest, long x,
            long xStride, int bundles, long sums, long sumStride) {
        for (int row = 0; row < rows; row++) {
            long w = low + lowStride * row;
            long y = x;
            for (int bundle = 0; bundle < bundles; bundle++) {
                long side = bundle < whole ? SIDE : rest;
                FloatVector s0 = FloatVector.zero(Lanes.FLOATS), s1 = s0, s2 = s0, s3 = s0;
                FloatVector t0 = s0, t1 = s0, t2 = s0, t3 = s0;
                for (int v = 0; v < ints; v++) {
                    IntVector codes = Memory.ints(w);
                    for (int half = 0; half < 2; half++) {
                        IntVector place = Lanes.broadcast(15);
                        for (int pair = 0; pair < 2; pair++) {
                            FloatVector c = Codes.floats(codes.and(place));
                            s0 = c.fma(Memory.lanes(y), s0);
                            s1 = c.fma(Memory.lanes(y + xStride), s1);
                            s2 = c.fma(Memory.lanes(y + 2 * xStride), s2);
                            s3 = c.fma(Memory.lanes(y + 3 * xStride), s3);
                            y += SIDE;
                            place = place.lanewise(VectorOperators.LSHL, 4);
                            c = Codes.floats(codes.and(place));
                            t0 = c.fma(Memory.lanes(y), t0);
                            t1 = c.fma(Memory.lanes(y + xStride), t1);
                            t2 = c.fma(Memory.lanes(y + 2 * xStride), t2);
                            t3 = c.fma(Memory.lanes(y + 3 * xStride), t3);
                            y += SIDE;
                            place = place.lanewise(VectorOperators.LSHL, 4);
                        }
                        codes = codes.lanewise(VectorOperators.LSHR, HALF);
                    }
                    w += side;
                }
                long to = sums + 4 * sumStride * row + SIDE * bundle;
                Memory.put(s0.add(t0), to);
                Memory.put(s1.add(t1), to + sumStride);
                Memory.put(s2.add(t2), to + 2 * sumStride);
                Memory.put(s3.add(t3), to + 3 * sumStride);
            }
        }
    }

    /// Codes of more bits, times one row of activations.
    ///
    /// Two ints of bytes are made of an int of lower bits and one of upper bits. Of these, two bytes at a
    /// time are used where they stand, times 256ˢ.
    static void oneMore(int rows, int ints, int highBits, long low, long lowStride, long high,
            long highStride, int whole, long rest, long x, int bundles, long sums,
            long sumStride) {
        IntVector lowMask = Lanes.broadcast(0x0F0F0F0F);
        IntVector highMask = Lanes.broadcast(((1 << highBits) - 1) * 0x10101010);
        IntVector place0 = Lanes.broadcast(BYTE), place1 = Lanes.broadcast(BYTE << Byte.SIZE);
        for (int row = 0; row < rows; row++) {
            long w = low + lowStride * row;
            long h = high + highStride * row;
            long y = x;
            for (int bundle = 0; bundle < bundles; bundle++) {
                long side = bundle < whole ? SIDE : rest;
                FloatVector s = FloatVector.zero(Lanes.FLOATS), t = s;
                for (int v = 0; v < ints; v++) {
                    IntVector lower = Memory.ints(w);
                    IntVector upper = Memory.ints(h + side * (v * highBits / ints))
                            .lanewise(VectorOperators.LSHR, v * highBits % ints);
                    IntVector up = upper.lanewise(VectorOperators.LSHL, 4);
                    for (int half = 0; half < 2; half++) {
                        IntVector codes = lower.and(lowMask).or(up.and(highMask));
                        s = Codes.floats(codes.and(place0)).fma(Memory.lanes(y), s);
                        t = Codes.floats(codes.and(place1)).fma(Memory.lanes(y + SIDE), t);
                        codes = codes.lanewise(VectorOperators.LSHR, HALF);
                        s = Codes.floats(codes.and(place0)).fma(Memory.lanes(y + 2 * SIDE), s);
                        t = Codes.floats(codes.and(place1)).fma(Memory.lanes(y + 3 * SIDE), t);
                        y += 4 * SIDE;
                        lower = lower.lanewise(VectorOperators.LSHR, 4);
                        up = upper;
                    }
                    w += side;
                }
                h += highBits * side;
                Memory.put(s.add(t), sums + sumStride * row + SIDE * bundle);
            }
        }
    }

    /// Codes of more bits, times four rows of activations; sums as [#four4] has them.
    static void fourMore(int rows, int ints, int highBits, long low, long lowStride, long high,
            long highStride, int whole, long rest, long x, long xStride, int bundles, long sums,
            long sumStride) {
        IntVector lowMask = Lanes.broadcast(0x0F0F0F0F);
        IntVector highMask = Lanes.broadcast(((1 << highBits) - 1) * 0x10101010);
        IntVector place0 = Lanes.broadcast(BYTE), place1 = Lanes.broadcast(BYTE << Byte.SIZE);
        for (int row = 0; row < rows; row++) {
            long w = low + lowStride * row;
            long h = high + highStride * row;
            long y = x;
            for (int bundle = 0; bundle < bundles; bundle++) {
                long side = bundle < whole ? SIDE : rest;
                FloatVector s0 = FloatVector.zero(Lanes.FLOATS), s1 = s0, s2 = s0, s3 = s0;
                FloatVector t0 = s0, t1 = s0, t2 = s0, t3 = s0;
                for (int v = 0; v < ints; v++) {
                    IntVector lower = Memory.ints(w);
                    IntVector upper = Memory.ints(h + side * (v * highBits / ints))
                            .lanewise(VectorOperators.LSHR, v * highBits % ints);
                    IntVector up = upper.lanewise(VectorOperators.LSHL, 4);
                    for (int half = 0; half < 2; half++) {
                        IntVector codes = lower.and(lowMask).or(up.and(highMask));
                        for (int pair = 0; pair < 2; pair++) {
                            FloatVector c = Codes.floats(codes.and(place0));
                            s0 = c.fma(Memory.lanes(y), s0);
                            s1 = c.fma(Memory.lanes(y + xStride), s1);
                            s2 = c.fma(Memory.lanes(y + 2 * xStride), s2);
                            s3 = c.fma(Memory.lanes(y + 3 * xStride), s3);
                            y += SIDE;
                            c = Codes.floats(codes.and(place1));
                            t0 = c.fma(Memory.lanes(y), t0);
                            t1 = c.fma(Memory.lanes(y + xStride), t1);
                            t2 = c.fma(Memory.lanes(y + 2 * xStride), t2);
                            t3 = c.fma(Memory.lanes(y + 3 * xStride), t3);
                            y += SIDE;
                            codes = codes.lanewise(VectorOperators.LSHR, HALF);
                        }
                        lower = lower.lanewise(VectorOperators.LSHR, 4);
                        up = upper;
                    }
                    w += side;
                }
                h += highBits * side;
                long to = sums + 4 * sumStride * row + SIDE * bundle;
                Memory.put(s0.add(t0), to);
                Memory.put(s1.add(t1), to + sumStride);
                Memory.put(s2.add(t2), to + 2 * sumStride);
                Memory.put(s3.add(t3), to + 3 * sumStride);
            }
        }
    }

    /// Makes of each row's sums the dot product, which is left as a float for each row: over its blocks, of
    /// the sum less the middle code's share, times the scale, and of the activations' sum times the shift.
    ///
    /// @param shift as `scale`: of the first row of weights; 0 where there are none
    /// @param there for each block all bits set, none beyond
    static void dots(int rows, int blocks, long sums, long sumStride, long scale, long shift,
            long there, long xSums, float middle, long to) {
        FloatVector centre = FloatVector.broadcast(Lanes.FLOATS, -middle);
        for (int row = 0; row < rows; row++) {
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            long first = (long) Short.BYTES * blocks * row;
            for (int block = 0; block < blocks; block += Lanes.COUNT) {
                long at = (long) Float.BYTES * block;
                IntVector mask = Memory.ints(there + at);
                FloatVector x = Memory.lanes(xSums + at);
                FloatVector s = x.fma(centre, Memory.lanes(sums + sumStride * row + at));
                IntVector factor = Codes.bfloats(scale + first + at / 2).and(mask);
                sum = factor.reinterpretAsFloats().fma(s, sum);
                if (shift != 0) {
                    factor = Codes.bfloats(shift + first + at / 2).and(mask);
                    sum = factor.reinterpretAsFloats().fma(x, sum);
                }
            }
            Memory.set(to + (long) Float.BYTES * row, sum.reduceLanes(VectorOperators.ADD));
        }
    }
}
