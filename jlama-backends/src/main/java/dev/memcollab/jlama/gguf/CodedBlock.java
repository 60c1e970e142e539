package dev.memcollab.jlama.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 32 weights as a GGUF tensor has them: unsigned codes, and what makes weights of them.
final class CodedBlock {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.LITTLE_ENDIAN);

    final int[] codes = new int[RowFormat.BLOCK];
    private float scale;
    private float minimum; // the weight of code 0, where that is not −scale · middle
    private int middle; // 0 where there is a minimum

    /// Reads the blocks of a type.
    @FunctionalInterface
    interface Reader {
        /// Reads the block with this number, 32 weights each.
        void read(byte[] in, int number, CodedBlock block);

        /// Reads blocks and decodes them.
        ///
        /// Sums and products are rounded one by one, as [BlockDecoder] tells.
        default void decode(byte[] in, float[] out, int blocks) {
            var block = new CodedBlock();
            for (int b = 0; b < blocks; b++) {
                read(in, b, block);
                block.decode(out, RowFormat.BLOCK * b);
            }
        }
    }

    float scale() {
        return scale;
    }

    /// What a weight is whose code is the middle one of this many bits.
    float shift(int bits) {
        return minimum + scale * ((1 << (bits - 1)) - middle);
    }

    private void decode(float[] out, int at) {
        for (int j = 0; j < codes.length; j++) {
            float product = scale * (codes[j] - middle);
            out[at + j] = middle == 0 ? product + minimum : product;
        }
    }

    private void symmetric(float scale, int middle) {
        this.scale = scale;
        this.middle = middle;
        this.minimum = 0;
    }

    private void affine(float scale, float minimum) {
        this.scale = scale;
        this.minimum = minimum;
        this.middle = 0;
    }

    /// Byte j holds code j in its low half and code j + 16 in its high.
    private void halves(byte[] in, int at) {
        for (int j = 0; j < codes.length / 2; j++) {
            codes[j] = in[at + j] & 15;
            codes[j + 16] = (in[at + j] >> 4) & 15;
        }
    }

    /// Bit j of 32 is code j's fifth.
    private void fifths(byte[] in, int at) {
        int fifths = (int) INT.get(in, at);
        for (int j = 0; j < codes.length; j++) {
            codes[j] |= ((fifths >>> j) & 1) << 4;
        }
    }

    /// Scale F16, 16 bytes of halves.
    static void q4Zero(byte[] in, int number, CodedBlock block) {
        int at = 18 * number;
        block.halves(in, at + 2);
        block.symmetric(half(in, at), 8);
    }

    /// Scale and minimum F16, then as Q4_0.
    static void q4One(byte[] in, int number, CodedBlock block) {
        int at = 20 * number;
        block.halves(in, at + 4);
        block.affine(half(in, at), half(in, at + 2));
    }

    /// Scale F16, 32 fifth bits, then as Q4_0.
    static void q5Zero(byte[] in, int number, CodedBlock block) {
        int at = 22 * number;
        block.halves(in, at + 6);
        block.fifths(in, at + 2);
        block.symmetric(half(in, at), 16);
    }

    /// Scale and minimum F16, 32 fifth bits, then as Q4_0.
    static void q5One(byte[] in, int number, CodedBlock block) {
        int at = 24 * number;
        block.halves(in, at + 8);
        block.fifths(in, at + 4);
        block.affine(half(in, at), half(in, at + 2));
    }

    /// Scale F16, 32 signed bytes.
    static void q8Zero(byte[] in, int number, CodedBlock block) {
        int at = 34 * number;
        for (int j = 0; j < block.codes.length; j++) {
            block.codes[j] = in[at + 2 + j] + 128;
        }
        block.symmetric(half(in, at), 128);
    }

    /// A group of 8: scale and minimum F16, 8 pairs of 6-bit scales in 12 bytes, 128 bytes of codes.
    static void q4K(byte[] in, int number, CodedBlock block) {
        int at = number / 8 * 144;
        block.group(in, at, at + 16, number % 8);
    }

    /// As Q4_K, with 32 bytes of fifth bits before the codes: bit g of byte j is group g's.
    static void q5K(byte[] in, int number, CodedBlock block) {
        int at = number / 8 * 176;
        int group = number % 8;
        block.group(in, at, at + 48, group);
        for (int j = 0; j < block.codes.length; j++) {
            block.codes[j] |= ((in[at + 16 + j] >> group) & 1) << 4;
        }
    }

    private void group(byte[] in, int at, int from, int group) {
        int first = from + 32 * (group / 2);
        int shift = 4 * (group % 2);
        for (int j = 0; j < codes.length; j++) {
            codes[j] = (in[first + j] >> shift) & 15;
        }
        affine(half(in, at) * groupScale(in, at + 4, group),
                -(half(in, at + 2) * groupMinimum(in, at + 4, group)));
    }

    /// The 6-bit scale of a group: groups 4 to 7 keep two bits in the bytes of groups 0 to 3.
    private static int groupScale(byte[] in, int at, int group) {
        return group < 4
                ? in[at + group] & 63
                : (in[at + group + 4] & 15) | ((in[at + group - 4] >> 6) & 3) << 4;
    }

    private static int groupMinimum(byte[] in, int at, int group) {
        return group < 4
                ? in[at + group + 4] & 63
                : ((in[at + group + 4] >> 4) & 15) | ((in[at + group] >> 6) & 3) << 4;
    }

    private static float half(byte[] in, int at) {
        return Float.float16ToFloat((short) SHORT.get(in, at));
    }
}
