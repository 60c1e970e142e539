package dev.memcollab.embedding;

import java.util.Arrays;
import java.util.List;

/// The vector of a text, of unit length.
public final class Embedding {
    private final float[] values; // [dimensions], unit length

    private Embedding(float[] values) {
        this.values = values;
    }

    /// Takes the direction of a vector.
    ///
    /// @throws IllegalArgumentException when it has none: all zeros, or a value that is not finite
    public static Embedding of(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!(squares > 0) || !Double.isFinite(squares)) {
            throw new IllegalArgumentException(
                    "vector must have a finite length above 0, its square is " + squares);
        }
        float scale = (float) (1 / Math.sqrt(squares));
        var values = new float[vector.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector[i] * scale;
        }
        return new Embedding(values);
    }

    /// The direction of the sum of some.
    public static Embedding mean(List<Embedding> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts must hold at least one embedding, got none");
        }
        var sum = new float[parts.getFirst().dimensions()];
        for (Embedding part : parts) {
            requireSameDimensions(sum.length, part);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.values[i];
            }
        }
        return of(sum);
    }

    public int dimensions() {
        return values.length;
    }

    /// How near two are in meaning: the cosine of the angle between them, in [-1, 1].
    public double cosine(Embedding other) {
        requireSameDimensions(values.length, other);
        float dot = 0;
        for (int i = 0; i < values.length; i++) {
            dot += values[i] * other.values[i];
        }
        return Math.clamp(dot, -1, 1);
    }

    /// A copy, [dimensions], of unit length.
    public float[] toArray() {
        return values.clone();
    }

    private static void requireSameDimensions(int dimensions, Embedding other) {
        if (other.values.length != dimensions) {
            throw new IllegalArgumentException("dimensions must be equal, got %d and %d"
                    .formatted(dimensions, other.values.length));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Embedding[" + values.length + " dimensions]";
    }
}
