package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// What is done with each float of a row, or with a row as a whole.
public final class Pointwise {
    private static final float LOG2_E = 0x1.715476p0f;
    private static final float LN2_HIGH = 0x1.63p-1f;
    private static final float LN2_LOW = -0x1.bd0106p-13f;
    private static final float ROUNDING = 0x1.8p23f; // added, it leaves a whole number below
    private static final float LEAST = -87f;
    private static final float MOST = 88f;

    private Pointwise() {}

    /// eˣ by lane, to about two units in the last place; x is kept between −87 and 88.
    ///
    /// eˣ = 2ⁿ · eʳ with a whole n and |r| ≤ ln 2 / 2, and eʳ by a polynomial.
    static FloatVector exp(FloatVector x) {
        FloatVector inside = x.max(LEAST).min(MOST);
        FloatVector rounded = inside.fma(lanes(LOG2_E), lanes(ROUNDING));
        FloatVector n = rounded.sub(ROUNDING);
        FloatVector r = n.fma(lanes(-LN2_LOW), n.fma(lanes(-LN2_HIGH), inside));
        FloatVector e = polynomial(r);
        return e.reinterpretAsInts()
                .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    /// The Taylor series of eʳ, which over this range is right to the last place but one.
    private static FloatVector polynomial(FloatVector r) {
        FloatVector sum = r.fma(lanes(1f / 5040), lanes(1f / 720));
        sum = sum.fma(r, lanes(1f / 120));
        sum = sum.fma(r, lanes(1f / 24));
        sum = sum.fma(r, lanes(1f / 6));
        sum = sum.fma(r, lanes(0.5f));
        sum = sum.fma(r, lanes(1f));
        return sum.fma(r, lanes(1f));
    }

    private static FloatVector lanes(float value) {
        return FloatVector.broadcast(Lanes.FLOATS, value);
    }

    /// gate = gate · sigmoid(gate) · up, in a row of each.
    public static void swiGlu(Matrix gate, Matrix up, int row) {
        long g = gate.address(row, 0);
        long u = up.address(row, 0);
        int columns = gate.columns();
        int whole = Lanes.floor(columns);
        for (int k = 0; k < whole; k += Lanes.COUNT) {
            long at = (long) Float.BYTES * k;
            FloatVector x = Memory.lanes(g + at);
            Memory.put(x.div(exp(x.neg()).add(1f)).mul(Memory.lanes(u + at)), g + at);
        }
        for (int k = whole; k < columns; k++) {
            float x = gate.get(row, k);
            gate.set(row, k, (float) (x / (1 + Math.exp(-x))) * up.get(row, k));
        }
    }

    /// target = x / √(mean of x² + epsilon) · factors, in a row of each.
    public static void rmsNorm(Matrix x, int row, Matrix factors, float epsilon, Matrix target,
            int to) {
        int columns = x.columns();
        float squares = Tiles.dot(x.address(row, 0), x.address(row, 0), columns);
        float scale = (float) (1 / Math.sqrt(squares / columns + epsilon));
        long from = x.address(row, 0);
        long into = target.address(to, 0);
        long factor = factors.address(0, 0);
        int whole = Lanes.floor(columns);
        for (int k = 0; k < whole; k += Lanes.COUNT) {
            long at = (long) Float.BYTES * k;
            Memory.put(Memory.lanes(from + at).mul(scale).mul(Memory.lanes(factor + at)),
                    into + at);
        }
        for (int k = whole; k < columns; k++) {
            target.set(to, k, x.get(row, k) * scale * factors.get(0, k));
        }
    }

    /// Turns a row of scores into their softmax: eˣ / Σ eˣ. Reads and writes up to the next multiple of
    /// the lanes; what lies beyond becomes zero.
    static void softmax(long scores, int length) {
        for (int k = length; k < ceil(length); k++) {
            Memory.set(scores + (long) Float.BYTES * k, Float.NEGATIVE_INFINITY);
        }
        FloatVector most = lanes(Float.NEGATIVE_INFINITY);
        for (int k = 0; k < length; k += Lanes.COUNT) {
            most = most.max(Memory.lanes(scores + (long) Float.BYTES * k));
        }
        float scale = 1 / exponentials(scores, length, most.reduceLanes(VectorOperators.MAX));
        for (int k = 0; k < length; k += Lanes.COUNT) {
            long at = scores + (long) Float.BYTES * k;
            Memory.put(Memory.lanes(at).mul(scale), at);
        }
        for (int k = length; k < ceil(length); k++) {
            Memory.set(scores + (long) Float.BYTES * k, 0);
        }
    }

    private static float exponentials(long scores, int length, float most) {
        FloatVector sum = lanes(0);
        for (int k = 0; k < length; k += Lanes.COUNT) {
            long at = scores + (long) Float.BYTES * k;
            FloatVector e = exp(Memory.lanes(at).sub(most));
            Memory.put(e, at);
            if (k + Lanes.COUNT > length) {
                sum = sum.add(e, Lanes.FLOATS.indexInRange(k, length));
            } else {
                sum = sum.add(e);
            }
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static int ceil(int length) {
        return Lanes.floor(length + Lanes.COUNT - 1);
    }

    /// ln Σ eˣ over a row.
    public static double logSumExp(Matrix rows, int row) {
        int columns = rows.columns();
        long at = rows.address(row, 0);
        int whole = Lanes.floor(columns);
        float most = rows.get(row, columns - 1);
        for (int k = whole; k < columns; k++) {
            most = Math.max(most, rows.get(row, k));
        }
        FloatVector greatest = lanes(most);
        for (int k = 0; k < whole; k += Lanes.COUNT) {
            greatest = greatest.max(Memory.lanes(at + (long) Float.BYTES * k));
        }
        most = greatest.reduceLanes(VectorOperators.MAX);
        double sum = sumExp(at, whole, most);
        for (int k = whole; k < columns; k++) {
            sum += Math.exp(rows.get(row, k) - most);
        }
        return most + Math.log(sum);
    }

    private static double sumExp(long at, int length, float most) {
        double total = 0;
        FloatVector sum = lanes(0);
        for (int k = 0; k < length; k += Lanes.COUNT) {
            sum = sum.add(exp(Memory.lanes(at + (long) Float.BYTES * k).sub(most)));
            if (k % 4096 == 0) { // floats of like size are summed, then those sums
                total += sum.reduceLanes(VectorOperators.ADD);
                sum = lanes(0);
            }
        }
        return total + sum.reduceLanes(VectorOperators.ADD);
    }
}
