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

    private static final int LANES_BYTES = Lanes.COUNT * Float.BYTES;
    private static final int WIDTH_BYTES = WIDTH * Float.BYTES;

    private Tiles() {}

    /// Sums over k of `x[k][i] · w[j][k]`, at `sums[j][i]`, for WIDTH i and ROWS j.
    ///
    /// @param x WIDTH floats for each k
    /// @param wRow bytes from a row of w to the next
    /// @param wColumn bytes from a column of w to the next
    static void multiply(long x, long w, long wRow, long wColumn, int depth, long sums) {
        var zero = FloatVector.zero(Lanes.FLOATS);
        FloatVector s00 = zero, s01 = zero, s10 = zero, s11 = zero;
        FloatVector s20 = zero, s21 = zero, s30 = zero, s31 = zero;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = Memory.lanes(x);
            FloatVector x1 = Memory.lanes(x + LANES_BYTES);
            x += WIDTH_BYTES;
            FloatVector y = broadcast(w);
            s00 = x0.fma(y, s00);
            s01 = x1.fma(y, s01);
            y = broadcast(w + wRow);
            s10 = x0.fma(y, s10);
            s11 = x1.fma(y, s11);
            y = broadcast(w + 2 * wRow);
            s20 = x0.fma(y, s20);
            s21 = x1.fma(y, s21);
            y = broadcast(w + 3 * wRow);
            s30 = x0.fma(y, s30);
            s31 = x1.fma(y, s31);
            w += wColumn;
        }
        put(sums, s00, s01, s10, s11);
        put(sums + 2L * WIDTH_BYTES, s20, s21, s30, s31);
    }

    private static void put(long sums, FloatVector s00, FloatVector s01, FloatVector s10,
            FloatVector s11) {
        Memory.put(s00, sums);
        Memory.put(s01, sums + LANES_BYTES);
        Memory.put(s10, sums + WIDTH_BYTES);
        Memory.put(s11, sums + WIDTH_BYTES + LANES_BYTES);
    }

    private static FloatVector broadcast(long at) {
        return FloatVector.broadcast(Lanes.FLOATS, Memory.get(at));
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
}
