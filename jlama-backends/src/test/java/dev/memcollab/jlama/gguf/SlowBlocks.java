package dev.memcollab.jlama.gguf;

import java.util.List;

/// Decodes planes the slow and obvious way: bit by bit, by the words of the format.
record SlowBlocks(RowFormat format, int columns, List<byte[]> planes) {
    float[] values() {
        var values = new float[planes.getFirst().length * 2];
        for (int i = 0; i < values.length; i++) {
            float shift = format.shifted() ? bfloat16(planes.getLast(), i / 32) : 0;
            values[i] = scale(i / 32) * (code(i / 32, i % 32) - (1 << (format.bits() - 1)))
                    + shift;
        }
        return values;
    }

    private float scale(int block) {
        return bfloat16(planes.get(planes.size() - (format.shifted() ? 2 : 1)), block);
    }

    private static float bfloat16(byte[] plane, int number) {
        int bits = (plane[2 * number] & 0xff) | (plane[2 * number + 1] & 0xff) << 8;
        return Float.intBitsToFloat(bits << 16);
    }

    private int code(int block, int weight) {
        int inRow = block % (columns / 32);
        int bundle = block - inRow % 16; // its first block
        int side = Math.min(16, columns / 32 - inRow / 16 * 16);
        int v = weight / 8;
        int field = 4 * (weight % 8);
        int code = 0;
        for (int bit = 0; bit < 4; bit++) {
            long word = 4L * bundle + (long) v * side + inRow % 16;
            code |= bit(planes.getFirst(), 32 * word + field + bit) << bit;
        }
        int upper = format.bits() - 4;
        for (int bit = 0; bit < upper; bit++) {
            long word = (long) upper * bundle + (long) (v * upper / 4) * side + inRow % 16;
            code |= bit(planes.get(1), 32 * word + field + v * upper % 4 + bit) << (4 + bit);
        }
        return code;
    }

    private static int bit(byte[] plane, long number) {
        return plane[(int) (number / 8)] >> (number % 8) & 1;
    }
}
