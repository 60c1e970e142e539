package dev.memcollab.jlama.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Rows of a matrix as Q4 blocks: 32 values each, along a row.
///
/// Byte j of a block holds value j in its low half and value j + 16 in its high half; the value is
/// (half − 8) · scale. That is GGUF's Q4_0 with the scale apart and in F32.
final class Q4Rows {
    static final int BLOCK = 32;
    private static final int HALF_BLOCK = BLOCK / 2;
    private static final int Q4_0_BLOCK_BYTES = 18;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.LITTLE_ENDIAN);

    private static final float[] DIVISORS = {8.5f, 8f, 7.5f, 7f};

    private final byte[] halves; // [blocks, 16]
    private final float[] scales; // [blocks]

    private Q4Rows(int blocks) {
        this.halves = new byte[blocks * HALF_BLOCK];
        this.scales = new float[blocks];
    }

    /// Takes blocks of type Q4_0 as they are.
    static Q4Rows copied(byte[] q4Zero, int blocks) {
        var rows = new Q4Rows(blocks);
        for (int b = 0; b < blocks; b++) {
            int at = b * Q4_0_BLOCK_BYTES;
            rows.scales[b] = Float.float16ToFloat((short) SHORT.get(q4Zero, at));
            System.arraycopy(q4Zero, at + 2, rows.halves, b * HALF_BLOCK, HALF_BLOCK);
        }
        return rows;
    }

    /// Rounds values to 16 steps, with a scale for each block that makes the squared error small.
    static Q4Rows quantised(float[] values, int count) {
        var rows = new Q4Rows(count / BLOCK);
        for (int b = 0; b < rows.scales.length; b++) {
            rows.quantise(values, b);
        }
        return rows;
    }

    /// Tries a few steps and keeps the best.
    ///
    /// The steps −8 to 7 are lopsided, so the value of largest magnitude is put near −8. With the
    /// steps q_i fixed, the scale of least squares is s = Σ q·x / Σ q², its error
    /// Σ x² − (Σ q·x)² / Σ q²: the best steps are those of the largest quotient.
    private void quantise(float[] values, int block) {
        int at = block * BLOCK;
        float extreme = extreme(values, at);
        float unit = 1 / extreme; // sums are of x / extreme: they can neither overflow nor vanish
        float bestDivisor = 0;
        float bestGain = 0;
        for (float divisor : DIVISORS) {
            float inverse = -divisor * unit;
            float product = 0;
            float squares = 0;
            for (int i = at; i < at + BLOCK; i++) {
                float step = half(values[i] * inverse) - 8;
                product += step * (values[i] * unit);
                squares += step * step;
            }
            float gain = product * product / squares;
            if (gain > bestGain) { // never so where all values are zero
                bestGain = gain;
                bestDivisor = divisor;
                scales[block] = product / squares * extreme;
            }
        }
        pack(values, block, bestGain > 0 ? -bestDivisor * unit : 0);
    }

    private static float extreme(float[] values, int at) {
        float extreme = 0;
        for (int i = at; i < at + BLOCK; i++) {
            if (Math.abs(values[i]) > Math.abs(extreme)) {
                extreme = values[i];
            }
        }
        return extreme;
    }

    private void pack(float[] values, int block, float inverse) {
        int at = block * BLOCK;
        for (int j = 0; j < HALF_BLOCK; j++) {
            int low = half(values[at + j] * inverse);
            int high = half(values[at + j + HALF_BLOCK] * inverse);
            halves[block * HALF_BLOCK + j] = (byte) (low | high << 4);
        }
    }

    private static int half(float steps) {
        return Math.max(0, Math.min(15, (int) (steps + 8.5f)));
    }

    byte[] halves() {
        return halves;
    }

    float[] scales() {
        return scales;
    }
}
