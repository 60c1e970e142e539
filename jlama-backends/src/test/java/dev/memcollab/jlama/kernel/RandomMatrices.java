package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/// Seeded floats to test with.
final class RandomMatrices {
    private final Random random;

    RandomMatrices(long seed) {
        this.random = new Random(seed);
    }

    Matrix matrix(int rows, int columns) {
        Matrix matrix = Matrix.zeros(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    Weights weights(int bits, boolean shifted, int rows, int columns) {
        int blocks = rows * columns / 32;
        var low = bytes(16 * blocks);
        var high = bytes(4 * (bits - 4) * blocks);
        var scale = bfloat16s(blocks, 4f / (1 << bits));
        var shift = bfloat16s(blocks, 1);
        var all = Arena.ofAuto()
                .allocate(low.byteSize() + high.byteSize() + 4L * blocks + Weights.BEYOND);
        long at = 0;
        for (var plane : List.of(low, high, scale, shift)) {
            MemorySegment.copy(plane, 0, all, at, plane.byteSize());
            at += plane.byteSize();
        }
        long highAt = all.address() + low.byteSize();
        long scaleAt = highAt + high.byteSize();
        return new Weights(all, bits, all.address(), bits == 4 ? 0 : highAt, scaleAt,
                shifted ? scaleAt + 2L * blocks : 0, rows, columns);
    }

    private MemorySegment bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return MemorySegment.ofArray(bytes);
    }

    private MemorySegment bfloat16s(int count, float spread) {
        var shorts = new short[count];
        for (int i = 0; i < count; i++) {
            shorts[i] = (short) (Float
                    .floatToIntBits(spread * (float) random.nextGaussian()) >> 16);
        }
        return MemorySegment.ofArray(shorts);
    }

    /// A weight the slow way, by the words of the format.
    static float weight(Weights weights, int row, int column) {
        int blocks = weights.columns() / 32;
        int block = column / 32;
        int first = row * blocks + block / 16 * 16;
        long side = Math.min(16, blocks - block / 16 * 16);
        int v = column % 32 / 8;
        int field = 4 * (column % 8);
        int code = bits(weights.low(), 32L * (4L * first + v * side + block % 16) + field, 4);
        int upper = weights.bits() - 4;
        if (upper > 0) {
            long word = (long) upper * first + side * (v * upper / 4) + block % 16;
            code |= bits(weights.high(), 32 * word + field + v * upper % 4, upper) << 4;
        }
        int number = row * blocks + block;
        float scale = bfloat16(weights.scale(), number);
        return (float) ((double) (code - (1 << (weights.bits() - 1))) * scale
                + shift(weights, row, column));
    }

    /// The shift of a weight's block.
    static float shift(Weights weights, int row, int column) {
        return weights.shift() == 0
                ? 0
                : bfloat16(weights.shift(), (row * weights.columns() + column) / 32);
    }

    private static float bfloat16(long plane, int number) {
        return Float.intBitsToFloat(bits(plane, 16L * number, 16) << 16);
    }

    private static int bits(long plane, long from, int count) {
        int found = 0;
        for (int bit = 0; bit < count; bit++) {
            int word = Memory.getInt(plane + (from + bit) / 8);
            found |= (word >> (from + bit) % 8 & 1) << bit;
        }
        return found;
    }

    static Matrix filled(int rows, int columns, float value) {
        Matrix matrix = Matrix.zeros(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, value);
            }
        }
        return matrix;
    }
}
