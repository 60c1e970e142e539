package dev.memcollab.jlama.gguf;

import dev.memcollab.model.ModelFailedException;

/// The sizes of a model and the two constants of its normalisation and rotary embedding.
///
/// @param context the longest context it was trained for, in tokens
record Hyperparameters(Shape shape, int vocabulary, int context, float epsilon, float ropeBase) {
    /// The sizes that shape the tensors.
    ///
    /// @param keyHeads heads of keys and values, a divisor of `heads`
    record Shape(int hidden, int feedForward, int layers, int heads, int keyHeads) {
        int headSize() {
            return hidden / heads;
        }

        int keyWidth() {
            return headSize() * keyHeads;
        }
    }

    /// Reads them, and refuses what the importer would silently get wrong.
    static Hyperparameters of(Metadata metadata, Architecture architecture) {
        var prefix = architecture.ggufName() + ".";
        int heads = metadata.whole(prefix + "attention.head_count");
        var shape = new Shape(metadata.whole(prefix + "embedding_length"),
                metadata.whole(prefix + "feed_forward_length"),
                metadata.whole(prefix + "block_count"), heads,
                metadata.findWhole(prefix + "attention.head_count_kv").orElse(heads));
        requireSane(metadata, prefix, shape);
        return new Hyperparameters(shape, metadata.texts("tokenizer.ggml.tokens").size(),
                metadata.whole(prefix + "context_length"),
                metadata.real(prefix + "attention.layer_norm_rms_epsilon"),
                metadata.findReal(prefix + "rope.freq_base").orElse(10_000f));
    }

    private static void requireSane(Metadata metadata, String prefix, Shape shape) {
        if (shape.hidden() < 1 || shape.feedForward() < 1 || shape.layers() < 1 || shape.heads() < 1
                || shape.keyHeads() < 1 || shape.hidden() % (2 * shape.heads()) != 0
                || shape.heads() % shape.keyHeads() != 0) {
            throw new ModelFailedException("%s: the sizes do not fit together: %s"
                    .formatted(metadata.file(), shape));
        }
        for (var key : new String[]{"attention.key_length", "attention.value_length",
                "rope.dimension_count"}) {
            requireAbsentOr(metadata, prefix + key, shape.headSize());
        }
        requireAbsentOr(metadata, prefix + "expert_count", 0);
        metadata.findText(prefix + "rope.scaling.type").filter(type -> !type.equals("none"))
                .ifPresent(type -> {
                    throw new ModelFailedException("%s: %srope.scaling.type must be none, got %s"
                            .formatted(metadata.file(), prefix, type));
                });
    }

    private static void requireAbsentOr(Metadata metadata, String key, int expected) {
        metadata.findWhole(key).filter(value -> value != expected).ifPresent(value -> {
            throw new ModelFailedException("%s: %s must be %d or absent, got %d"
                    .formatted(metadata.file(), key, expected, value));
        });
    }
}
