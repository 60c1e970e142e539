package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Some columns of some weight rows as floats: small enough to stay in the cache while all rows of
/// activations are multiplied with it.
///
/// A block of Q4 is 32 weights in 16 bytes and one scale: the low half of byte j is weight j, its
/// high half weight j + 16, and a weight is (half − 8) · scale.
final class Panel {
    /// Rows of weights in a panel.
    static final int ROWS = 32;
    /// Columns of weights in a panel: a multiple of the block, and 32 rows of it fit the L2 cache.
    static final int COLUMNS = 1792;

    private static final int BLOCK = Q4ByteBufferTensor.BLOCK_SIZE;
    private static final int HALF = BLOCK / 2;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ThreadLocal<Panel> OF_THREAD = ThreadLocal.withInitial(Panel::new);

    /// Row j begins at j · depth.
    final float[] values = new float[ROWS * COLUMNS];
    /// What the tiles leave: a row of four sums for each row of activations.
    final float[] sums = new float[16];
    private int depth;

    private Panel() {}

    /// The panel of this thread, which any other use on the same thread overwrites.
    static Panel ofThread() {
        return OF_THREAD.get();
    }

    /// Columns of the rows it holds.
    int depth() {
        return depth;
    }

    void dequantise(Q4ByteBufferTensor weights, int row, int rows, int column, int depth) {
        this.depth = depth;
        MemorySegment halves = weights.getMemorySegment();
        FloatBufferTensor factors = weights.getBlockF();
        MemorySegment scales = factors.getMemorySegment();
        for (int j = 0; j < rows; j++) {
            long half = weights.getMemorySegmentOffset(weights.getOffset(row + j, column));
            long scale = (long) Float.BYTES * factors.getOffset(row + j, column / BLOCK);
            dequantiseRow(halves, half, scales, scale, j * depth);
        }
    }

    void copy(Rows weights, int row, int rows, int column, int depth) {
        this.depth = depth;
        for (int j = 0; j < rows; j++) {
            weights.copyTo(values, j * depth, weights.at(row + j, column), depth);
        }
    }

    private void dequantiseRow(MemorySegment halves, long half, MemorySegment scales, long scale,
            int to) {
        float[] target = values;
        int end = to + depth;
        for (; to < end; to += BLOCK, half += HALF, scale += Float.BYTES) {
            float factor = scales.get(FLOAT, scale);
            switch (Lanes.COUNT) {
                case 16 -> block16(halves, half, factor, target, to);
                case 8 -> block8(halves, half, factor, target, to);
                default -> block4(halves, half, factor, target, to);
            }
        }
    }

    private static void block16(MemorySegment halves, long half, float factor, float[] target,
            int to) {
        var bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_128, halves, half,
                ByteOrder.LITTLE_ENDIAN);
        store(widen(bytes, 0), factor, target, to);
    }

    private static void block8(MemorySegment halves, long half, float factor, float[] target,
            int to) {
        for (int part = 0; part < HALF; part += 8) {
            var bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, halves, half + part,
                    ByteOrder.LITTLE_ENDIAN);
            store(widen(bytes, 0), factor, target, to + part);
        }
    }

    private static void block4(MemorySegment halves, long half, float factor, float[] target,
            int to) {
        for (int part = 0; part < HALF; part += 8) {
            var bytes = ByteVector.fromMemorySegment(ByteVector.SPECIES_64, halves, half + part,
                    ByteOrder.LITTLE_ENDIAN);
            store(widen(bytes, 0), factor, target, to + part);
            store(widen(bytes, 1), factor, target, to + part + 4);
        }
    }

    private static IntVector widen(ByteVector bytes, int part) {
        return (IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, Lanes.INTS, part);
    }

    /// Stores low and high halves; with a fused multiply, half · scale − 8 · scale is exact.
    private static void store(IntVector bytes, float factor, float[] target, int to) {
        var scale = FloatVector.broadcast(Lanes.FLOATS, factor);
        var zero = FloatVector.broadcast(Lanes.FLOATS, -8f * factor);
        floats(bytes.and(15)).fma(scale, zero).intoArray(target, to);
        floats(bytes.lanewise(VectorOperators.LSHR, 4)).fma(scale, zero)
                .intoArray(target, to + HALF);
    }

    private static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0);
    }
}
