package dev.memcollab.jlama.kernel;

/// Activations as whole numbers times a step: a block of a row has a step of its own, by which its
/// largest activation becomes the limit.
final class Rounding {
    private static final int LARGER = 255;
    private static final int SMALLER = 127;
    /// A float this large has no bits for fractions: what is added to it is rounded to the nearest.
    private static final float NO_FRACTIONS = 0x1.8p23f;

    private Rounding() {}

    /// The largest number for which the sums of [ShortTiles] do not overflow, by the weights' bits; zero
    /// where weights are multiplied with exact activations only.
    static int limit(int bits) {
        return switch (bits) {
            case 4 -> LARGER;
            case 5, 6 -> SMALLER;
            default -> 0;
        };
    }

    /// The step of a block of activations; zero, where all are.
    static float step(long block, int limit) {
        float most = 0;
        for (int k = 0; k < Weights.BLOCK; k++) {
            most = Math.max(most, Math.abs(Memory.get(block + (long) Float.BYTES * k)));
        }
        return most / limit;
    }

    static float inverse(float step) {
        return step == 0 ? 0 : 1 / step;
    }

    static int number(float x, float inverse) {
        return Float.floatToRawIntBits(x * inverse + NO_FRACTIONS)
                - Float.floatToRawIntBits(NO_FRACTIONS);
    }
}
