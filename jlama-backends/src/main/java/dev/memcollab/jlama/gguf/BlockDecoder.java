package dev.memcollab.jlama.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decodes blocks of one tensor type.
///
/// What is a scale, perhaps a minimum, and codes for each 32 weights is read by [CodedBlock].
///
/// Each sum and product is rounded on its own, in the order of the reference, so that values equal
/// those of the Python `gguf` package bit by bit.
@FunctionalInterface
interface BlockDecoder {
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

    private static float half(byte[] in, int at) {
        return Float.float16ToFloat((short) SHORT.get(in, at));
    }
}
