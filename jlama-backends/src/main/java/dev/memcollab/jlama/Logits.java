package dev.memcollab.jlama;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Probabilities of rows of logits.
final class Logits {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private Logits() {}

    /// ln of the softmax of one logit: x − max − ln Σ exp(xⱼ − max).
    ///
    /// @param rows floats, `size` a row
    static double logProbability(MemorySegment rows, int row, int size, int id) {
        long start = (long) row * size;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, rows.getAtIndex(FLOAT, start + i));
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(rows.getAtIndex(FLOAT, start + i) - most);
        }
        return rows.getAtIndex(FLOAT, start + id) - most - Math.log(sum);
    }
}
