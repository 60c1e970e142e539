package dev.memcollab.jlama.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decodes blocks of one tensor type.
///
/// Each sum and product is rounded on its own, in the order of the reference, so that values equal
/// those of the Python `gguf` package bit by bit.
@FunctionalInterface
interface BlockDecoder {
    VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /// Decodes the first `blocks` blocks of `in` into the front of `out`.
    void decode(byte[] in, float[] out, int blocks);

    static void f32(byte[] in, float[] out, int blocks) {
        for (int i = 0; i < blocks; i++) {
            out[i] = (float) FLOAT.get(in, 4 * i);
        }
    }

    static void f16(byte[] in, float[] out, int blocks) {
        for (int i = 0; i < blocks; i++) {
            out[i] = half(in, 2 * i);
        }
    }

    static void bf16(byte[] in, float[] out, int blocks) {
        for (int i = 0; i < blocks; i++) {
            out[i] = Float.intBitsToFloat((short) SHORT.get(in, 2 * i) << 16);
        }
    }

    /// Scale F16, 16 bytes: byte j holds value j in its low half and value j + 16 in its high.
    static void q4Zero(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 18 * b;
            int to = 32 * b;
            float scale = half(in, at);
            for (int j = 0; j < 16; j++) {
                int pair = in[at + 2 + j];
                out[to + j] = scale * ((pair & 15) - 8);
                out[to + j + 16] = scale * (((pair >> 4) & 15) - 8);
            }
        }
    }

    /// Scale and minimum F16, then as Q4_0 without the offset.
    static void q4One(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 20 * b;
            int to = 32 * b;
            float scale = half(in, at);
            float minimum = half(in, at + 2);
            for (int j = 0; j < 16; j++) {
                int pair = in[at + 4 + j];
                out[to + j] = scale * (pair & 15) + minimum;
                out[to + j + 16] = scale * ((pair >> 4) & 15) + minimum;
            }
        }
    }

    /// Scale F16, 32 fifth bits, then as Q4_0.
    static void q5Zero(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 22 * b;
            int to = 32 * b;
            float scale = half(in, at);
            int fifth = (int) INT.get(in, at + 2);
            for (int j = 0; j < 16; j++) {
                int pair = in[at + 6 + j];
                out[to + j] = scale * (((pair & 15) | ((fifth >>> j) & 1) << 4) - 16);
                out[to + j + 16] = scale
                        * ((((pair >> 4) & 15) | ((fifth >>> (j + 16)) & 1) << 4) - 16);
            }
        }
    }

    /// Scale and minimum F16, 32 fifth bits, then as Q4_1.
    static void q5One(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 24 * b;
            int to = 32 * b;
            float scale = half(in, at);
            float minimum = half(in, at + 2);
            int fifth = (int) INT.get(in, at + 4);
            for (int j = 0; j < 16; j++) {
                int pair = in[at + 8 + j];
                out[to + j] = scale * ((pair & 15) | ((fifth >>> j) & 1) << 4) + minimum;
                out[to + j + 16] = scale * (((pair >> 4) & 15) | ((fifth >>> (j + 16)) & 1) << 4)
                        + minimum;
            }
        }
    }

    /// Scale F16, 32 signed bytes.
    static void q8Zero(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 34 * b;
            float scale = half(in, at);
            for (int j = 0; j < 32; j++) {
                out[32 * b + j] = in[at + 2 + j] * scale;
            }
        }
    }

    /// Scale and minimum F16, 8 pairs of 6-bit scales in 12 bytes, 128 bytes of values.
    static void q4K(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 144 * b;
            for (int group = 0; group < 8; group++) {
                float scale = half(in, at) * groupScale(in, at + 4, group);
                float minimum = half(in, at + 2) * groupMinimum(in, at + 4, group);
                int values = at + 16 + 32 * (group / 2);
                int shift = 4 * (group % 2);
                int to = 256 * b + 32 * group;
                for (int j = 0; j < 32; j++) {
                    out[to + j] = scale * ((in[values + j] >> shift) & 15) - minimum;
                }
            }
        }
    }

    /// As Q4_K, with 32 bytes of fifth bits before the values: bit g of byte j is group g's.
    static void q5K(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 176 * b;
            for (int group = 0; group < 8; group++) {
                float scale = half(in, at) * groupScale(in, at + 4, group);
                float minimum = half(in, at + 2) * groupMinimum(in, at + 4, group);
                int values = at + 48 + 32 * (group / 2);
                int shift = 4 * (group % 2);
                int to = 256 * b + 32 * group;
                for (int j = 0; j < 32; j++) {
                    int fifth = (in[at + 16 + j] >> group) & 1;
                    out[to + j] = scale * (((in[values + j] >> shift) & 15) | fifth << 4) - minimum;
                }
            }
        }
    }

    /// 128 bytes of low halves, 64 bytes of upper bit pairs, 16 signed scales, scale F16.
    static void q6K(byte[] in, float[] out, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = 210 * b;
            float scale = half(in, at + 208);
            for (int group = 0; group < 8; group++) {
                // Four groups of 32 share 64 low bytes and 32 upper ones.
                int low = at + 64 * (group / 4) + 32 * (group % 2);
                int lowShift = 4 * (group / 2 % 2);
                int upper = at + 128 + 32 * (group / 4);
                int upperShift = 2 * (group % 4);
                int to = 256 * b + 32 * group;
                for (int j = 0; j < 32; j++) {
                    int value = ((in[low + j] >> lowShift) & 15)
                            | ((in[upper + j] >> upperShift) & 3) << 4;
                    float groupScale = scale * in[at + 192 + 2 * group + j / 16];
                    out[to + j] = groupScale * (value - 32);
                }
            }
        }
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
