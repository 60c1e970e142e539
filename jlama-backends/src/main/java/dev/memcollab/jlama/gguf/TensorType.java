package dev.memcollab.jlama.gguf;

import java.util.Arrays;
import java.util.Optional;

/// How a GGUF tensor's values are stored: the types that can be decoded.
public enum TensorType {
    F32(0, 1, 4), // IEEE single
    F16(1, 1, 2), // IEEE half
    BF16(30, 1, 2), // upper half of a single
    Q4_0(2, 32, 18), // scale
    Q4_1(3, 32, 20), // scale, minimum
    Q5_0(6, 32, 22), // scale
    Q5_1(7, 32, 24), // scale, minimum
    Q8_0(8, 32, 34), // scale
    Q4_K(12, 256, 144), // 8 scales, 8 minima
    Q5_K(13, 256, 176), // 8 scales, 8 minima
    Q6_K(14, 256, 210); // 16 scales

    private final int id; // in a GGUF file
    private final int blockValues;
    private final int blockBytes;

    TensorType(int id, int blockValues, int blockBytes) {
        this.id = id;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
    }

    /// The type with this number in a GGUF file.
    public static Optional<TensorType> withId(int id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    public int blockValues() {
        return blockValues;
    }

    /// The bytes that this many values take.
    ///
    /// @param values a multiple of [#blockValues()]
    public long bytes(long values) {
        if (values % blockValues != 0) {
            throw new IllegalArgumentException("values must be a multiple of %d for %s, got %d"
                    .formatted(blockValues, this, values));
        }
        return values / blockValues * blockBytes;
    }

    /// Decodes the first `values` values of `source` into the front of `target`.
    ///
    /// @param values a multiple of [#blockValues()]
    public void decode(byte[] source, float[] target, int values) {
        if (values % blockValues != 0) {
            throw new IllegalArgumentException("values must be a multiple of %d for %s, got %d"
                    .formatted(blockValues, this, values));
        }
        decoder().decode(source, target, values / blockValues);
    }

    /// What reads the codes of this type, if each 32 of them share a scale.
    Optional<CodedBlock.Reader> codes() {
        return switch (this) {
            case Q4_0 -> Optional.of(CodedBlock::q4Zero);
            case Q4_1 -> Optional.of(CodedBlock::q4One);
            case Q5_0 -> Optional.of(CodedBlock::q5Zero);
            case Q5_1 -> Optional.of(CodedBlock::q5One);
            case Q8_0 -> Optional.of(CodedBlock::q8Zero);
            case Q4_K -> Optional.of(CodedBlock::q4K);
            case Q5_K -> Optional.of(CodedBlock::q5K);
            case F32, F16, BF16, Q6_K -> Optional.empty();
        };
    }

    private BlockDecoder decoder() {
        return switch (this) {
            case F32 -> BlockDecoder::f32;
            case F16 -> BlockDecoder::f16;
            case BF16 -> BlockDecoder::bf16;
            case Q6_K -> BlockDecoder::q6K;
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K -> (source, target, blocks) -> codes()
                    .orElseThrow()
                    .decode(source, target, blocks * blockValues / RowFormat.BLOCK);
        };
    }
}
