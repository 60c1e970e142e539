package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Two rows of weights times one row of activations, or two: the inner loops of [DirectDots].
///
/// Codes are used where they stand in their ints, times 16ˢ. Each method is one nest of loops and
/// small: see [Tiles]. What sums hold by lane is added to: of the first row of weights, then, two vectors on, of
/// the second.
///
/// - `whole`: bundles with all their blocks; of one that has fewer, the ints that lie side by side have
///   `rest` bytes
/// - `scale`: floats, as `laneSums` are: a vector of each bundle
final class DirectTiles {
    private static final long LANES_BYTES = (long) Lanes.COUNT * Float.BYTES;
    private static final long SIDE = (long) Weights.BUNDLE * Integer.BYTES;

    private DirectTiles() {}

    /// Codes of four bits, one row of activations.
    static void one4(int ints, long low0, long low1, int whole, long rest, long scale0, long scale1,
            float middle, long x, long laneSums, int bundles, long sums) {
        FloatVector centre = FloatVector.broadcast(Lanes.FLOATS, -middle);
        FloatVector s00 = Memory.lanes(sums), s10 = Memory.lanes(sums + 2 * LANES_BYTES);
        for (int bundle = 0; bundle < bundles; bundle++) {
            long side = bundle < whole ? SIDE : rest;
            long at = SIDE * bundle;
            FloatVector p00 = Memory.lanes(laneSums + at).mul(centre), p10 = p00;
            FloatVector q00 = FloatVector.zero(Lanes.FLOATS), q10 = q00;
            for (int v = 0; v < ints; v++) {
                IntVector w0 = Memory.ints(low0), w1 = Memory.ints(low1);
                for (int part = 0; part < 2; part++) {
                    IntVector place = Lanes.broadcast(15);
                    for (int field = 0; field < 4; field++) {
                        FloatVector y = Memory.lanes(x);
                        FloatVector next = Codes.floats(w0.and(place)).fma(y, p00);
                        p00 = q00;
                        q00 = next;
                        next = Codes.floats(w1.and(place)).fma(y, p10);
                        p10 = q10;
                        q10 = next;
                        x += SIDE;
                        place = place.lanewise(VectorOperators.LSHL, 4);
                    }
                    w0 = w0.lanewise(VectorOperators.LSHR, 16);
                    w1 = w1.lanewise(VectorOperators.LSHR, 16);
                }
                low0 += side;
                low1 += side;
            }
            FloatVector scale = Memory.lanes(scale0 + at);
            s00 = p00.add(q00).fma(scale, s00);
            scale = Memory.lanes(scale1 + at);
            s10 = p10.add(q10).fma(scale, s10);
        }
        Memory.put(s00, sums);
        Memory.put(s10, sums + 2 * LANES_BYTES);
    }

    /// Codes of four bits, two rows of activations.
    static void two4(int ints, long low0, long low1, int whole, long rest, long scale0, long scale1,
            float middle, long x, long xStride, long laneSums, long laneStride, int bundles,
            long sums) {
        FloatVector centre = FloatVector.broadcast(Lanes.FLOATS, -middle);
        FloatVector s00 = Memory.lanes(sums), s10 = Memory.lanes(sums + 2 * LANES_BYTES);
        FloatVector s01 = Memory.lanes(sums + LANES_BYTES),
                s11 = Memory.lanes(sums + 3 * LANES_BYTES);
        for (int bundle = 0; bundle < bundles; bundle++) {
            long side = bundle < whole ? SIDE : rest;
            long at = SIDE * bundle;
            FloatVector p00 = Memory.lanes(laneSums + at).mul(centre), p10 = p00;
            FloatVector p01 = Memory.lanes(laneSums + laneStride + at).mul(centre), p11 = p01;
            for (int v = 0; v < ints; v++) {
                IntVector w0 = Memory.ints(low0), w1 = Memory.ints(low1);
                for (int part = 0; part < 2; part++) {
                    IntVector place = Lanes.broadcast(15);
                    for (int field = 0; field < 4; field++) {
                        FloatVector y = Memory.lanes(x);
                        FloatVector z = Memory.lanes(x + xStride);
                        FloatVector w = Codes.floats(w0.and(place));
                        p00 = w.fma(y, p00);
                        p01 = w.fma(z, p01);
                        w = Codes.floats(w1.and(place));
                        p10 = w.fma(y, p10);
                        p11 = w.fma(z, p11);
                        x += SIDE;
                        place = place.lanewise(VectorOperators.LSHL, 4);
                    }
                    w0 = w0.lanewise(VectorOperators.LSHR, 16);
                    w1 = w1.lanewise(VectorOperators.LSHR, 16);
                }
                low0 += side;
                low1 += side;
            }
            FloatVector scale = Memory.lanes(scale0 + at);
            s00 = p00.fma(scale, s00);
            s01 = p01.fma(scale, s01);
            scale = Memory.lanes(scale1 + at);
            s10 = p10.fma(scale, s10);
            s11 = p11.fma(scale, s11);
        }
        Memory.put(s00, sums);
        Memory.put(s01, sums + LANES_BYTES);
        Memory.put(s10, sums + 2 * LANES_BYTES);
        Memory.put(s11, sums + 3 * LANES_BYTES);
    }

    /// Codes of more bits, one row of activations.
    ///
    /// Two ints of bytes are made of an int of lower bits and one of upper bits, and the bytes are used
    /// where they stand, times 256ˢ.
    ///
    /// @param flip what makes the topmost byte of these a number with a sign
    /// @param laneSums of the activations whose codes have no sign
    static void one8(int ints, long low0, long low1, long high0, long high1, int highBits,
            int flip, int whole, long rest, long scale0, long scale1, float middle, long x,
            long laneSums, int bundles, long sums) {
        FloatVector centre = FloatVector.broadcast(Lanes.FLOATS, -middle);
        FloatVector s0 = Memory.lanes(sums), s1 = Memory.lanes(sums + 2 * LANES_BYTES);
        IntVector lowMask = Lanes.broadcast(0x0F0F0F0F);
        IntVector highMask = Lanes.broadcast(((1 << highBits) - 1) * 0x01010101);
        IntVector sign = Lanes.broadcast(flip);
        for (int bundle = 0; bundle < bundles; bundle++) {
            long side = bundle < whole ? SIDE : rest;
            long at = SIDE * bundle;
            FloatVector p0 = Memory.lanes(laneSums + at).mul(centre), p1 = p0;
            for (int v = 0; v < ints; v++) {
                IntVector w0 = Memory.ints(low0), w1 = Memory.ints(low1);
                long upper = highBits * at + side * (v * highBits / Weights.INTS);
                int down = v * highBits % Weights.INTS;
                IntVector h0 = Memory.ints(high0 + upper).lanewise(VectorOperators.LSHR, down);
                IntVector h1 = Memory.ints(high1 + upper).lanewise(VectorOperators.LSHR, down);
                for (int part = 0; part < 2; part++) {
                    IntVector b0 = w0.and(lowMask).or(
                            h0.and(highMask).lanewise(VectorOperators.LSHL, 4)).lanewise(
                                    VectorOperators.XOR, sign);
                    IntVector b1 = w1.and(lowMask).or(
                            h1.and(highMask).lanewise(VectorOperators.LSHL, 4)).lanewise(
                                    VectorOperators.XOR, sign);
                    IntVector place = Lanes.broadcast(255);
                    for (int field = 0; field < 4; field++) {
                        FloatVector y = Memory.lanes(x);
                        p0 = Codes.floats(b0.and(place)).fma(y, p0);
                        p1 = Codes.floats(b1.and(place)).fma(y, p1);
                        x += SIDE;
                        place = place.lanewise(VectorOperators.LSHL, 8);
                    }
                    w0 = w0.lanewise(VectorOperators.LSHR, 4);
                    w1 = w1.lanewise(VectorOperators.LSHR, 4);
                    h0 = h0.lanewise(VectorOperators.LSHR, 4);
                    h1 = h1.lanewise(VectorOperators.LSHR, 4);
                }
                low0 += side;
                low1 += side;
            }
            s0 = p0.fma(Memory.lanes(scale0 + at), s0);
            s1 = p1.fma(Memory.lanes(scale1 + at), s1);
        }
        Memory.put(s0, sums);
        Memory.put(s1, sums + 2 * LANES_BYTES);
    }

    /// The shift of each block times the sum of its activations.
    static void shifts(long shift0, long shift1, long blockSums, long stride, int blocks,
            long sums) {
        FloatVector s00 = Memory.lanes(sums), s10 = Memory.lanes(sums + 2 * LANES_BYTES);
        FloatVector s01 = Memory.lanes(sums + LANES_BYTES),
                s11 = Memory.lanes(sums + 3 * LANES_BYTES);
        for (int block = 0; block < blocks; block += Lanes.COUNT) {
            long at = (long) Float.BYTES * block;
            FloatVector x = Memory.lanes(blockSums + at), y = Memory.lanes(blockSums + stride + at);
            FloatVector shift = Memory.lanes(shift0 + at);
            s00 = shift.fma(x, s00);
            s01 = shift.fma(y, s01);
            shift = Memory.lanes(shift1 + at);
            s10 = shift.fma(x, s10);
            s11 = shift.fma(y, s11);
        }
        Memory.put(s00, sums);
        Memory.put(s01, sums + LANES_BYTES);
        Memory.put(s10, sums + 2 * LANES_BYTES);
        Memory.put(s11, sums + 3 * LANES_BYTES);
    }
}
