package dev.memcollab.jlama.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// Rows of a matrix in a [RowFormat], plane by plane.
///
/// A row is cut into bundles of 16 blocks, the last of which may have fewer; in a bundle the blocks' ints
/// lie side by side, those of all blocks with the same number v one after the other. Bits 4f to 4f + 3
/// of a low int are the lower bits of code 8v + f. The h bits above are in a high int, that with the
/// number v · h / 4, from bit 4f + v · h mod 4 on. Scales and shifts are the upper halves of floats
/// (BF16).
final class QuantisedRows {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.LITTLE_ENDIAN);
    /// Codes whose lower bits make an int.
    private static final int FIELDS = 8;
    /// Scales that are tried for a block, one after the other; a float between two of them is none.
    private static final int TRIED = 16;

    private final RowFormat format;
    private final int rowBlocks;
    private final byte[] low; // [rows, bundles, 4, blocks of the bundle, 4]
    private final byte[] high; // [rows, bundles, h, blocks of the bundle, 4]
    private final byte[] scales; // [blocks, 2]
    private final byte[] shifts; // [blocks, 2], empty where there are none

    private QuantisedRows(RowFormat format, int blocks, int columns) {
        this.format = format;
        this.rowBlocks = columns / RowFormat.BLOCK;
        this.low = new byte[blocks * RowFormat.LOW_BYTES];
        this.high = new byte[blocks * format.highBytes()];
        this.scales = new byte[blocks * Short.BYTES];
        this.shifts = new byte[format.shifted() ? blocks * Short.BYTES : 0];
    }

    /// Takes values of a GGUF tensor: codes as they are, where each 32 share a scale, else rounded anew.
    ///
    /// @param columns a multiple of 32
    static QuantisedRows of(TensorType type, byte[] encoded, int rows, int columns) {
        int count = rows * columns;
        var codes = type.codes();
        if (codes.isPresent()) {
            return copied(RowFormat.of(type), codes.get(), encoded, count / RowFormat.BLOCK,
                    columns);
        }
        var values = new float[count];
        type.decode(encoded, values, count);
        return rounded(RowFormat.of(type), values, columns);
    }

    private static QuantisedRows copied(RowFormat format, CodedBlock.Reader reader, byte[] encoded,
            int blocks, int columns) {
        var rows = new QuantisedRows(format, blocks, columns);
        var block = new CodedBlock();
        for (int b = 0; b < blocks; b++) {
            reader.read(encoded, b, block);
            rows.put(b, block.codes, bfloat16(block.scale()));
            if (format.shifted()) {
                SHORT.set(rows.shifts, b * Short.BYTES, bfloat16(block.shift(format.bits())));
            }
        }
        return rows;
    }

    /// Rounds values to codes, with a scale for each block that makes the squared error small.
    static QuantisedRows rounded(RowFormat format, float[] values, int columns) {
        var rows = new QuantisedRows(format, values.length / RowFormat.BLOCK, columns);
        var codes = new int[RowFormat.BLOCK];
        for (int b = 0; b * RowFormat.BLOCK < values.length; b++) {
            rows.round(values, b, codes);
        }
        return rows;
    }

    /// Tries scales and keeps the best.
    ///
    /// The steps −m to m − 1 are lopsided, so the value of largest magnitude is put near −m. The
    /// squared error of steps q at scale s is Σ x² − s · (2 · Σ q·x − s · Σ q²): the best scale is that
    /// of the largest gain. The first one tried just takes the largest value in.
    private void round(float[] values, int block, int[] codes) {
        int at = block * RowFormat.BLOCK;
        short first = bfloat16(-extreme(values, at) / (format.middle() + 0.5f));
        short best = 0;
        double bestGain = 0;
        for (int i = 0; i < TRIED; i++) {
            short tried = (short) (first + i); // a little larger in magnitude
            double gain = gain(values, at, toFloat(tried));
            if (gain > bestGain) { // never so where all values are zero
                bestGain = gain;
                best = tried;
            }
        }
        float inverse = best == 0 ? 0 : 1 / toFloat(best);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(values[at + i] * inverse);
        }
        put(block, codes, best);
    }

    private double gain(float[] values, int at, float scale) {
        float inverse = 1 / scale;
        double products = 0;
        double squares = 0;
        for (int i = at; i < at + RowFormat.BLOCK; i++) {
            double step = code(values[i] * inverse) - format.middle();
            products += step * values[i];
            squares += step * step;
        }
        return scale * (2 * products - scale * squares);
    }

    private static float extreme(float[] values, int at) {
        float extreme = 0;
        for (int i = at; i < at + RowFormat.BLOCK; i++) {
            if (Math.abs(values[i]) > Math.abs(extreme)) {
                extreme = values[i];
            }
        }
        return extreme;
    }

    private int code(float steps) {
        int middle = format.middle();
        return Math.clamp((int) (steps + middle + 0.5f), 0, 2 * middle - 1);
    }

    private void put(int block, int[] codes, short scale) {
        SHORT.set(scales, block * Short.BYTES, scale);
        int first = block / rowBlocks * rowBlocks; // the row's, then the bundle's
        first += (block - first) / RowFormat.BUNDLE * RowFormat.BUNDLE;
        int side = Math.min(RowFormat.BUNDLE, rowBlocks - first % rowBlocks);
        int at = Integer.BYTES * (block - first);
        for (int i = 0; i < codes.length; i++) {
            int v = i / FIELDS;
            int place = 4 * (i % FIELDS);
            add(low, first * RowFormat.LOW_BYTES + Integer.BYTES * side * v + at,
                    (codes[i] & 15) << place);
            int bit = v * format.highBits();
            if (format.highBits() > 0) {
                add(high, first * format.highBytes() + Integer.BYTES * side * (bit / 4) + at,
                        (codes[i] >> 4) << (place + bit % 4));
            }
        }
    }

    private static void add(byte[] plane, int at, int bits) {
        INT.set(plane, at, (int) INT.get(plane, at) | bits);
    }

    /// The nearest BF16, the even one of two.
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >> 16) | 0x40); // not to become infinite
        }
        return (short) ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    private static float toFloat(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }

    /// The planes that the format has, in the order of the file.
    List<byte[]> planes() {
        return List.of(low, high, scales, shifts).stream().filter(plane -> plane.length > 0)
                .toList();
    }
}
