package dev.memcollab.jlama.kernel;

import dev.memcollab.jlama.kernel.Weights.Q4;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// A few rows of activations times rows of Q4 weights, which are used as they are read.
///
/// A vector of ints holds eight halves a lane. Lane i's half s, masked out where it stands, is the
/// weight's half times 16ˢ; so activations are laid out in that order beforehand, and divided by 16ˢ,
/// which is exact. Σ (half − 8) · x then is Σ half · x − 8 · Σ x, of which the second sum is the same
/// for all rows of weights. The top half, its first bit flipped, is a signed number and needs no 8.
final class DirectDots {
    /// Rows of activations that one pass over the weights is shared by.
    static final int SHARED = 4;

    private static final int HALVES = 8; // in an int
    private static final int GROUP = HALVES * Lanes.COUNT; // weights in a vector
    private static final int GROUP_BYTES = GROUP / 2;
    private static final int LANES_BYTES = Lanes.COUNT * Float.BYTES;
    private static final int SCALES = GROUP / Q4.BLOCK;
    private static final int TOP_BIT = 0x80000000;
    private static final VectorShuffle<Float> SCALE_OF_LANE = VectorShuffle
            .fromOp(Lanes.FLOATS, lane -> lane * SCALES / Lanes.COUNT);

    private final Matrix laidOut;
    private final Matrix offsets; // −8 · Σ x, by lane, of each group
    private Matrix plain;
    private int rows;
    private int depth;

    /// @param depth most columns of activations
    DirectDots(Arena arena, int rows, int depth) {
        this.laidOut = Matrix.zeros(arena, rows, depth);
        this.offsets = Matrix.zeros(arena, rows, Math.max(1, depth / GROUP) * Lanes.COUNT);
        this.plain = laidOut;
    }

    /// Takes the activations that all following rows of weights are multiplied with.
    void take(Matrix activations, int rows) {
        this.plain = activations;
        this.rows = rows;
        this.depth = activations.columns();
        for (int row = 0; row < rows; row++) {
            for (int group = 0; group < groups(); group++) {
                layOut(activations.address(row, group * GROUP),
                        laidOut.address(row, group * GROUP),
                        offsets.address(row, group * Lanes.COUNT));
            }
        }
    }

    private int groups() {
        return depth / GROUP;
    }

    private static void layOut(long from, long to, long offset) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            long first = from + 4L * Float.BYTES * (lane / 4 * (Q4.BLOCK / 4) + lane % 4);
            long target = to + (long) Float.BYTES * lane;
            float sum = 0;
            float factor = 1;
            for (int half = 0; half < HALVES; half++) {
                float x = Memory.get(first + (long) Float.BYTES * (half / 2 + half % 2 * 16));
                Memory.set(target + (long) LANES_BYTES * half, x * factor);
                sum += half < HALVES - 1 ? x : 0;
                factor /= 16;
            }
            Memory.set(offset + (long) Float.BYTES * lane, -8 * sum);
        }
    }

    /// Multiplies with rows of weights.
    ///
    /// @param to the column of the result for the first of them; the others follow
    void multiply(Q4 weights, int row, int count, Matrix result, int to, boolean add) {
        int i = 0;
        for (; i + SHARED <= rows; i += SHARED) {
            four(weights, row, count, i, result, to, add);
        }
        for (; i < rows; i++) {
            one(weights, row, count, i, result, to, add);
        }
    }

    private void four(Q4 weights, int row, int count, int i, Matrix result, int to,
            boolean add) {
        long sums = Scratch.ofThread().sums();
        for (int j = 0; j < count; j++) {
            dots(weights.halves(row + j, 0), weights.scales(row + j, 0), laidOut.address(i, 0),
                    laidOut.stride(), offsets.address(i, 0), offsets.stride(), groups(), sums);
            long rest = unpackedRest(weights, row + j);
            for (int shared = 0; shared < SHARED; shared++) {
                put(Memory.get(sums + (long) Float.BYTES * shared) + rest(rest, i + shared),
                        result.address(i + shared, to + j), add);
            }
        }
    }

    /// Two rows of weights at a time, half of all apart: memory comes faster in two long streams, and
    /// the activations are loaded once for both.
    private void one(Q4 weights, int row, int count, int i, Matrix result, int to, boolean add) {
        long sums = Scratch.ofThread().sums();
        int half = Math.ceilDiv(count, 2);
        for (int j = 0; j < half; j++) {
            int apart = half + j < count ? half : 0;
            pair(weights.halves(row + j, 0), weights.halves(row + j + apart, 0),
                    weights.scales(row + j, 0), weights.scales(row + j + apart, 0),
                    laidOut.address(i, 0), offsets.address(i, 0), groups(), sums);
            put(Memory.get(sums) + rest(unpackedRest(weights, row + j), i),
                    result.address(i, to + j), add);
            if (apart > 0) {
                put(Memory.get(sums + Float.BYTES)
                        + rest(unpackedRest(weights, row + j + apart), i),
                        result.address(i, to + j + apart), add);
            }
        }
    }

    private static void put(float sum, long target, boolean add) {
        Memory.set(target, add ? Memory.get(target) + sum : sum);
    }

    /// A row's weights that do not fill a group, as floats, for all activations.
    private long unpackedRest(Q4 weights, int row) {
        int from = groups() * GROUP;
        long unpacked = Scratch.ofThread().panel();
        if (from < depth) {
            weights.unpack(row, from, depth - from, unpacked);
        }
        return unpacked;
    }

    private float rest(long unpacked, int i) {
        int from = groups() * GROUP;
        return from == depth ? 0 : Tiles.dot(plain.address(i, from), unpacked, depth - from);
    }

    private static void pair(long halves0, long halves1, long scales0, long scales1, long x,
            long offsets, int groups, long sums) {
        FloatVector s0 = FloatVector.zero(Lanes.FLOATS), s1 = s0;
        IntVector top = Lanes.broadcast(TOP_BIT);
        for (int group = 0; group < groups; group++) {
            long at = (long) GROUP_BYTES * group;
            IntVector w0 = Memory.ints(halves0 + at).lanewise(VectorOperators.XOR, top);
            IntVector w1 = Memory.ints(halves1 + at).lanewise(VectorOperators.XOR, top);
            FloatVector p0 = Memory.lanes(offsets + (long) LANES_BYTES * group);
            FloatVector p1 = p0;
            IntVector mask = Lanes.broadcast(15);
            long lanes = x + (long) GROUP * Float.BYTES * group;
            for (int half = 0; half < HALVES; half++) {
                FloatVector y = Memory.lanes(lanes + (long) LANES_BYTES * half);
                p0 = floats(w0.and(mask)).fma(y, p0);
                p1 = floats(w1.and(mask)).fma(y, p1);
                mask = mask.lanewise(VectorOperators.LSHL, 4);
            }
            long scale = (long) SCALES * Float.BYTES * group;
            s0 = p0.fma(scales(scales0 + scale), s0);
            s1 = p1.fma(scales(scales1 + scale), s1);
        }
        Memory.set(sums, s0.reduceLanes(VectorOperators.ADD));
        Memory.set(sums + Float.BYTES, s1.reduceLanes(VectorOperators.ADD));
    }

    /// One row of weights times four of activations.
    private static void dots(long halves, long scales, long x, long xStride, long offsets,
            long offsetStride, int groups, long sums) {
        FloatVector s0 = FloatVector.zero(Lanes.FLOATS), s1 = s0, s2 = s0, s3 = s0;
        IntVector top = Lanes.broadcast(TOP_BIT);
        for (int group = 0; group < groups; group++) {
            IntVector w = Memory.ints(halves + (long) GROUP_BYTES * group)
                    .lanewise(VectorOperators.XOR, top);
            long offset = offsets + (long) LANES_BYTES * group;
            FloatVector p0 = Memory.lanes(offset);
            FloatVector p1 = Memory.lanes(offset + offsetStride);
            FloatVector p2 = Memory.lanes(offset + 2 * offsetStride);
            FloatVector p3 = Memory.lanes(offset + 3 * offsetStride);
            IntVector mask = Lanes.broadcast(15);
            long at = x + (long) GROUP * Float.BYTES * group;
            for (int half = 0; half < HALVES; half++) {
                FloatVector y = floats(w.and(mask));
                long lanes = at + (long) LANES_BYTES * half;
                p0 = y.fma(Memory.lanes(lanes), p0);
                p1 = y.fma(Memory.lanes(lanes + xStride), p1);
                p2 = y.fma(Memory.lanes(lanes + 2 * xStride), p2);
                p3 = y.fma(Memory.lanes(lanes + 3 * xStride), p3);
                mask = mask.lanewise(VectorOperators.LSHL, 4);
            }
            FloatVector scale = scales(scales + (long) SCALES * Float.BYTES * group);
            s0 = p0.fma(scale, s0);
            s1 = p1.fma(scale, s1);
            s2 = p2.fma(scale, s2);
            s3 = p3.fma(scale, s3);
        }
        Memory.set(sums, s0.reduceLanes(VectorOperators.ADD));
        Memory.set(sums + Float.BYTES, s1.reduceLanes(VectorOperators.ADD));
        Memory.set(sums + 2 * Float.BYTES, s2.reduceLanes(VectorOperators.ADD));
        Memory.set(sums + 3 * Float.BYTES, s3.reduceLanes(VectorOperators.ADD));
    }

    /// The scale of each lane's block, read no further than they go.
    private static FloatVector scales(long at) {
        return switch (Lanes.COUNT) {
            case 16 -> ((FloatVector) FloatVector.fromMemorySegment(FloatVector.SPECIES_128,
                    Memory.ALL, at, ByteOrder.LITTLE_ENDIAN)
                    .reinterpretShape(Lanes.FLOATS, 0)).rearrange(SCALE_OF_LANE);
            case 8 -> ((FloatVector) FloatVector.fromMemorySegment(FloatVector.SPECIES_64,
                    Memory.ALL, at, ByteOrder.LITTLE_ENDIAN)
                    .reinterpretShape(Lanes.FLOATS, 0)).rearrange(SCALE_OF_LANE);
            default -> FloatVector.broadcast(Lanes.FLOATS, Memory.get(at));
        };
    }

    private static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(VectorOperators.I2F, 0);
    }
}
