package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The inner loops: rows of activations in the lanes, times some rows of floats, the sums in
/// registers.
///
/// Each method is one loop and small: the compiler stops inlining when a method has grown too large,
/// and then every vector becomes an object.
final class Tiles {
    /// Rows of activations that are multiplied at once: two vectors, side by side for each column.
    static final int WIDTH = 2 * Lanes.COUNT;
    /// Rows of floats that are multiplied at once.
    static final int ROWS = 4;

    private static final long LANES_BYTES = (long) Lanes.COUNT * Float.BYTES;
    private static final long WIDTH_BYTES = (long) WIDTH * Float.BYTES;

    private Tiles() {}

    /// Sums over k of `x[k][i] · w[j][k]`, at `sums[j][i]`, for WIDTH i and ROWS j.
    ///
    /// @param x WIDTH floats for each k
    /// @param wRow bytes from a row of w to the next
    /// @param wColumn bytes from a column of w to the next
    static void multiply(long x, long w, long wRow, long wColumn, int depth, long sums) {
        for (int vector = 0; vector < 2 * ROWS; vector++) {
            Memory.put(FloatVector.zero(Lanes.FLOATS), sums + LANES_BYTES * vector);
        }
        add(x, w, wRow, wColumn, depth, sums);
    }

    /// Adds such sums to what is there.
    static void add(long x, long w, long wRow, long wColumn, int depth, long sums) {
        FloatVector s00 = Memory.lanes(sums), s01 = Memory.lanes(sums + LANES_BYTES);
        FloatVector s10 = Memory.lanes(sums + 2 * LANES_BYTES),
                s11 = Memory.lanes(sums + 3 * LANES_BYTES);
        FloatVector s20 = Memory.lanes(sums + 4 * LANES_BYTES),
                s21 = Memory.lanes(sums + 5 * LANES_BYTES);
        FloatVector s30 = Memory.lanes(sums + 6 * LANES_BYTES),
                s31 = Memory.lanes(sums + 7 * LANES_BYTES);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = Memory.lanes(x);
            FloatVector x1 = Memory.lanes(x + LANES_BYTES);
            x += WIDTH_BYTES;
            FloatVector y = Memory.broadcast(w);
            s00 = x0.fma(y, s00);
            s01 = x1.fma(y, s01);
            y = Memory.broadcast(w + wRow);
            s10 = x0.fma(y, s10);
            s11 = x1.fma(y, s11);
            y = Memory.broadcast(w + 2 * wRow);
            s20 = x0.fma(y, s20);
            s21 = x1.fma(y, s21);
            y = Memory.broadcast(w + 3 * wRow);
            s30 = x0.fma(y, s30);
            s31 = x1.fma(y, s31);
            w += wColumn;
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

    /// The dot product of two rows of floats; any length.
    static float dot(long a, long b, int length) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        int whole = Lanes.floor(length);
        for (int k = 0; k < whole; k += Lanes.COUNT) {
            long at = (long) Float.BYTES * k;
            sum = Memory.lanes(a + at).fma(Memory.lanes(b + at), sum);
        }
        float total = sum.reduceLanes(VectorOperators.ADD);
        for (int k = whole; k < length; k++) {
            long at = (long) Float.BYTES * k;
            total = Math.fma(Memory.get(a + at), Memory.get(b + at), total);
        }
        return total;
    }

    /// Writes a vector: the sum of vectors, each times its weight.
    ///
    /// @param stride bytes from a vector to the next
    static void weigh(long weights, int count, long vectors, long stride, long into) {
        FloatVector even = FloatVector.zero(Lanes.FLOATS), odd = even;
        int pairs = count & ~1;
        for (int i = 0; i < pairs; i += 2) {
            long weight = weights + (long) Float.BYTES * i;
            even = Memory.broadcast(weight).fma(Memory.lanes(vectors + i * stride), even);
            odd = Memory.broadcast(weight + Float.BYTES)
                    .fma(Memory.lanes(vectors + (i + 1) * stride), odd);
        }
        if (pairs < count) {
            even = Memory.broadcast(weights + (long) Float.BYTES * pairs)
                    .fma(Memory.lanes(vectors + pairs * stride), even);
        }
        Memory.put(even.add(odd), into);
    }
}
