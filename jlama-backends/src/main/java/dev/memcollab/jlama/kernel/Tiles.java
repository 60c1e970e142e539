package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The inner loops: a few rows of activations times a few rows of a panel, the sums in registers.
///
/// Each method is one loop and small, and leaves its sums in the panel's array: the compiler stops
/// inlining when a method has grown too large, and then every vector becomes an object. Writing the
/// sums to memory outside the heap from here is already too much. The depth must be a multiple of the
/// vector width.
final class Tiles {
    private Tiles() {}

    /// Four rows of activations times four of weights: 16 sums, row by row.
    static void fourByFour(Rows a, long at, Panel panel, int w0) {
        float[] w = panel.values;
        int depth = panel.depth();
        int w1 = w0 + depth;
        int w2 = w1 + depth;
        int w3 = w2 + depth;
        long a0 = at;
        long a1 = a0 + a.stride();
        long a2 = a1 + a.stride();
        long a3 = a2 + a.stride();
        var zero = FloatVector.zero(Lanes.FLOATS);
        FloatVector s00 = zero, s01 = zero, s02 = zero, s03 = zero;
        FloatVector s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        FloatVector s20 = zero, s21 = zero, s22 = zero, s23 = zero;
        FloatVector s30 = zero, s31 = zero, s32 = zero, s33 = zero;
        for (int k = 0; k < depth; k += Lanes.COUNT) {
            long byteK = (long) Float.BYTES * k;
            FloatVector x0 = a.lanes(a0 + byteK);
            FloatVector x1 = a.lanes(a1 + byteK);
            FloatVector x2 = a.lanes(a2 + byteK);
            FloatVector x3 = a.lanes(a3 + byteK);
            FloatVector y = lanes(w, w0 + k);
            s00 = x0.fma(y, s00);
            s10 = x1.fma(y, s10);
            s20 = x2.fma(y, s20);
            s30 = x3.fma(y, s30);
            y = lanes(w, w1 + k);
            s01 = x0.fma(y, s01);
            s11 = x1.fma(y, s11);
            s21 = x2.fma(y, s21);
            s31 = x3.fma(y, s31);
            y = lanes(w, w2 + k);
            s02 = x0.fma(y, s02);
            s12 = x1.fma(y, s12);
            s22 = x2.fma(y, s22);
            s32 = x3.fma(y, s32);
            y = lanes(w, w3 + k);
            s03 = x0.fma(y, s03);
            s13 = x1.fma(y, s13);
            s23 = x2.fma(y, s23);
            s33 = x3.fma(y, s33);
        }
        float[] sums = panel.sums;
        store(sums, 0, s00, s01, s02, s03);
        store(sums, 4, s10, s11, s12, s13);
        store(sums, 8, s20, s21, s22, s23);
        store(sums, 12, s30, s31, s32, s33);
    }

    /// One row of activations times four of weights: four sums.
    static void oneByFour(Rows a, long at, Panel panel, int w0) {
        float[] w = panel.values;
        int depth = panel.depth();
        int w1 = w0 + depth;
        int w2 = w1 + depth;
        int w3 = w2 + depth;
        FloatVector s0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int k = 0; k < depth; k += Lanes.COUNT) {
            FloatVector x = a.lanes(at + (long) Float.BYTES * k);
            s0 = x.fma(lanes(w, w0 + k), s0);
            s1 = x.fma(lanes(w, w1 + k), s1);
            s2 = x.fma(lanes(w, w2 + k), s2);
            s3 = x.fma(lanes(w, w3 + k), s3);
        }
        store(panel.sums, 0, s0, s1, s2, s3);
    }

    /// One row of activations times one of weights.
    static float oneByOne(Rows a, long at, Panel panel, int w0) {
        float[] w = panel.values;
        int depth = panel.depth();
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int k = 0; k < depth; k += Lanes.COUNT) {
            sum = a.lanes(at + (long) Float.BYTES * k).fma(lanes(w, w0 + k), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /// One row of `a` times one of `b`, both in memory; any length.
    static float dot(Rows a, long at, Rows b, long bt, int length) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        int whole = Lanes.floor(length);
        for (int k = 0; k < whole; k += Lanes.COUNT) {
            long byteK = (long) Float.BYTES * k;
            sum = a.lanes(at + byteK).fma(b.lanes(bt + byteK), sum);
        }
        float total = sum.reduceLanes(VectorOperators.ADD);
        for (int k = whole; k < length; k++) {
            long byteK = (long) Float.BYTES * k;
            total = Math.fma(a.get(at + byteK), b.get(bt + byteK), total);
        }
        return total;
    }

    private static FloatVector lanes(float[] values, int at) {
        return FloatVector.fromArray(Lanes.FLOATS, values, at);
    }

    private static void store(float[] sums, int at, FloatVector s0, FloatVector s1, FloatVector s2,
            FloatVector s3) {
        sums[at] = s0.reduceLanes(VectorOperators.ADD);
        sums[at + 1] = s1.reduceLanes(VectorOperators.ADD);
        sums[at + 2] = s2.reduceLanes(VectorOperators.ADD);
        sums[at + 3] = s3.reduceLanes(VectorOperators.ADD);
    }
}
