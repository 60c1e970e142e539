package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Safetensors.Entry;
import java.util.ArrayList;
import java.util.List;

/// How an imported matrix is stored: bits of a code, and whether blocks have a shift too.
///
/// A block is 32 weights of a row; a weight is scale · (code − 2^(bits−1)) + shift. The lower four
/// bits of codes, the bits above them, scales and shifts are planes of their own, one after the other.
record RowFormat(int bits, boolean shifted) {
    /// Weights of a block.
    static final int BLOCK = 32;
    /// Blocks of a row that lie side by side.
    static final int BUNDLE = 16;
    static final int LOW_BITS = 4;
    /// Bytes of the lower bits of a block.
    static final int LOW_BYTES = BLOCK / 2;

    /// The format that keeps the codes of a type.
    ///
    /// Q6_K has a scale for each 16 weights, floats have none: these two get codes of their own.
    static RowFormat of(TensorType type) {
        return switch (type) {
            case Q4_0 -> new RowFormat(4, false);
            case Q4_1, Q4_K -> new RowFormat(4, true);
            case Q5_0 -> new RowFormat(5, false);
            case Q5_1, Q5_K -> new RowFormat(5, true);
            case Q6_K -> new RowFormat(6, false);
            case Q8_0, F16, BF16, F32 -> new RowFormat(8, false);
        };
    }

    /// The code of a weight that is its block's shift.
    int middle() {
        return 1 << (bits - 1);
    }

    int highBits() {
        return bits - LOW_BITS;
    }

    /// Bytes of the upper bits of a block.
    int highBytes() {
        return BLOCK / Byte.SIZE * highBits();
    }

    /// The planes of a matrix, in the order of the file.
    List<Entry> planes(String name, int rows, int columns) {
        var planes = new ArrayList<Entry>();
        planes.add(bytes(name, rows, columns / 2));
        if (highBits() > 0) {
            planes.add(bytes(name + ".high", rows, columns / BLOCK * highBytes()));
        }
        planes.add(factors(name + ".scale", rows, columns / BLOCK));
        if (shifted) {
            planes.add(factors(name + ".shift", rows, columns / BLOCK));
        }
        return planes;
    }

    private static Entry bytes(String name, int rows, int columns) {
        return new Entry(name, "U8", List.of(rows, columns), (long) rows * columns);
    }

    private static Entry factors(String name, int rows, int columns) {
        return new Entry(name, "BF16", List.of(rows, columns),
                (long) Short.BYTES * rows * columns);
    }
}
