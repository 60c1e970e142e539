package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// A matrix of weights as the model's file has it, of which rows can be had as floats.
public sealed interface Weights {
    int rows();

    int columns();

    /// Writes columns of a row as floats.
    ///
    /// @param column a multiple of 32, as `count` is
    void unpack(int row, int column, int count, long target);

    /// Writes a row as floats into a row of a matrix.
    default void unpack(int row, Matrix target, int to) {
        Objects.checkIndex(to, target.rows());
        if (row < 0 || row >= rows() || target.columns() != columns()) {
            throw new IllegalArgumentException(
                    "row must lie in 0..%d and have %d columns, got %d of %d"
                            .formatted(rows() - 1, target.columns(), row, columns()));
        }
        unpack(row, 0, columns(), target.address(to, 0));
    }

    static Weights of(AbstractTensor<?, ?> tensor) {
        return switch (tensor) {
            case Q4ByteBufferTensor quantised -> Q4.of(quantised);
            case FloatBufferTensor floats -> F32.of(floats);
            default -> throw new IllegalArgumentException(
                    "weights must be Q4 or F32, got " + tensor.dType());
        };
    }

    private static void requireWhole(AbstractTensor<?, ?> tensor) {
        if (tensor.shape().dims() != 2) {
            throw new IllegalArgumentException("weights must have rows and columns, got "
                    + tensor.shape());
        }
    }

    /// Floats, row after row.
    ///
    /// @param owner keeps the memory mapped
    record F32(FloatBufferTensor owner, long address, int rows, int columns) implements Weights {
        static F32 of(FloatBufferTensor tensor) {
            requireWhole(tensor);
            return new F32(tensor, tensor.getMemorySegment().address(), tensor.shape().first(),
                    tensor.shape().last());
        }

        @Override
        public void unpack(int row, int column, int count, long target) {
            MemorySegment.copy(Memory.ALL, address(row) + (long) Float.BYTES * column, Memory.ALL,
                    target, (long) Float.BYTES * count);
        }

        long address(int row) {
            return address + (long) Float.BYTES * row * columns;
        }
    }

    /// Blocks of 32 weights in 16 bytes, and one scale each: the low half of byte j is weight j, its
    /// high half weight j + 16, and a weight is (half − 8) · scale.
    ///
    /// @param owner keeps the memory mapped
    record Q4(Q4ByteBufferTensor owner, long halves, long scales, int rows, int columns)
            implements
                Weights {
        static final int BLOCK = Q4ByteBufferTensor.BLOCK_SIZE;
        private static final int HALF = BLOCK / 2;

        static Q4 of(Q4ByteBufferTensor tensor) {
            requireWhole(tensor);
            return new Q4(tensor, tensor.getMemorySegment().address(),
                    tensor.getBlockF().getMemorySegment().address(), tensor.shape().first(),
                    tensor.shape().last());
        }

        long halves(int row, int column) {
            return halves + ((long) row * columns + column) / 2;
        }

        long scales(int row, int column) {
            return scales + ((long) row * columns + column) / BLOCK * Float.BYTES;
        }

        @Override
        public void unpack(int row, int column, int count, long target) {
            unpack(halves(row, column), scales(row, column), target, count / BLOCK);
        }

        private static void unpack(long half, long scale, long target, int blocks) {
            for (int block = 0; block < blocks; block++) {
                float factor = Memory.get(scale + (long) Float.BYTES * block);
                long from = half + (long) HALF * block;
                long to = target + (long) Float.BYTES * BLOCK * block;
                switch (Lanes.COUNT) {
                    case 16 -> store(bytes16(from), factor, to);
                    case 8 -> {
                        store(bytes8(from, 0), factor, to);
                        store(bytes8(from + 8, 0), factor, to + 32);
                    }
                    default -> unpack4(from, factor, to);
                }
            }
        }

        private static void unpack4(long from, float factor, long to) {
            for (int part = 0; part < HALF; part += 8) {
                store(bytes8(from + part, 0), factor, to + 4L * part);
                store(bytes8(from + part, 1), factor, to + 4L * part + 16);
            }
        }

        private static IntVector bytes16(long at) {
            return widen(ByteVector.fromMemorySegment(ByteVector.SPECIES_128, Memory.ALL, at,
                    ByteOrder.LITTLE_ENDIAN), 0);
        }

        private static IntVector bytes8(long at, int part) {
            return widen(ByteVector.fromMemorySegment(ByteVector.SPECIES_64, Memory.ALL, at,
                    ByteOrder.LITTLE_ENDIAN), part);
        }

        private static IntVector widen(ByteVector bytes, int part) {
            return (IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, Lanes.INTS,
                    part);
        }

        /// Stores low and high halves; with a fused multiply, half · scale − 8 · scale is exact.
        private static void store(IntVector bytes, float factor, long target) {
            var scale = FloatVector.broadcast(Lanes.FLOATS, factor);
            var zero = FloatVector.broadcast(Lanes.FLOATS, -8f * factor);
            Memory.put(floats(bytes.and(15)).fma(scale, zero), target);
            Memory.put(floats(bytes.lanewise(VectorOperators.LSHR, 4)).fma(scale, zero),
                    target + Float.BYTES * HALF);
        }

        private static FloatVector floats(IntVector ints) {
            return (FloatVector) ints.convert(VectorOperators.I2F, 0);
        }
    }
}
