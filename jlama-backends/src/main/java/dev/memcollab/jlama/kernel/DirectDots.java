package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/// One row of activations times rows of Q4 weights, which are used as they are read: a [Panel] pays
/// only where its floats are used more than once.
///
/// Σ (half − 8) · scale · x over a row = Σ over blocks of scale · (Σ half · x − 8 · Σ x); the last
/// sum is the same for all rows of weights, and is made once.
final class DirectDots {
    private static final int BLOCK = Q4ByteBufferTensor.BLOCK_SIZE;
    private static final int HALF = BLOCK / 2;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ThreadLocal<DirectDots> OF_THREAD = ThreadLocal
            .withInitial(DirectDots::new);

    private float[] x = new float[0];
    private float[] offsets = new float[0]; // −8 · Σ x of each block

    private DirectDots() {}

    static DirectDots ofThread() {
        return OF_THREAD.get();
    }

    /// Takes the activations that all following rows of weights are multiplied with.
    void take(Rows activations, long at, int depth) {
        if (x.length < depth) {
            x = new float[depth];
            offsets = new float[depth / BLOCK];
        }
        activations.copyTo(x, 0, at, depth);
        for (int block = 0; block < depth / BLOCK; block++) {
            float sum = 0;
            for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
                sum += x[i];
            }
            offsets[block] = -8f * sum;
        }
    }

    float dot(Q4ByteBufferTensor weights, int row, int column, int depth) {
        FloatBufferTensor factors = weights.getBlockF();
        return dot(weights.getMemorySegment(),
                weights.getMemorySegmentOffset(weights.getOffset(row, column)),
                factors.getMemorySegment(),
                (long) Float.BYTES * factors.getOffset(row, column / BLOCK), x, offsets,
                depth / BLOCK);
    }

    private static float dot(MemorySegment halves, long half, MemorySegment scales, long scale,
            float[] x, float[] offsets, int blocks) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        float rest = 0;
        for (int block = 0; block < blocks; block++) {
            float factor = scales.get(FLOAT, scale + (long) Float.BYTES * block);
            long at = half + (long) HALF * block;
            FloatVector products = switch (Lanes.COUNT) {
                case 16 -> block16(halves, at, x, block * BLOCK);
                case 8 -> block8(halves, at, x, block * BLOCK);
                default -> block4(halves, at, x, block * BLOCK);
            };
            sum = products.fma(FloatVector.broadcast(Lanes.FLOATS, factor), sum);
            rest = Math.fma(factor, offsets[block], rest);
        }
        return sum.reduceLanes(VectorOperators.ADD) + rest;
    }

    private static FloatVector block16(MemorySegment halves, long at, float[] x, int from) {
        var bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_128, halves, at,
                ByteOrder.LITTLE_ENDIAN);
        return add(bytes, 0, x, from, FloatVector.zero(Lanes.FLOATS));
    }

    private static FloatVector block8(MemorySegment halves, long at, float[] x, int from) {
        var first = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, halves, at,
                ByteOrder.LITTLE_ENDIAN);
        var second = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, halves, at + 8,
                ByteOrder.LITTLE_ENDIAN);
        return add(second, 0, x, from + 8,
                add(first, 0, x, from, FloatVector.zero(Lanes.FLOATS)));
    }

    private static FloatVector block4(MemorySegment halves, long at, float[] x, int from) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int part = 0; part < HALF; part += 8) {
            var bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, halves, at + part,
                    ByteOrder.LITTLE_ENDIAN);
            sum = add(bytes, 0, x, from + part, sum);
            sum = add(bytes, 1, x, from + part + 4, sum);
        }
        return sum;
    }

    /// Adds low halves times their activations and high halves times theirs.
    private static FloatVector add(ByteVector bytes, int part, float[] x, int from,
            FloatVector sum) {
        var ints = (IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, Lanes.INTS,
                part);
        FloatVector low = floats(ints.and(15));
        FloatVector high = floats(ints.lanewise(VectorOperators.LSHR, 4));
        return high.fma(FloatVector.fromArray(Lanes.FLOATS, x, from + HALF),
                low.fma(FloatVector.fromArray(Lanes.FLOATS, x, from), sum));
    }

    private static FloatVector floats(Vector<Integer> ints) {
        return (FloatVector) ints.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0);
    }
}
