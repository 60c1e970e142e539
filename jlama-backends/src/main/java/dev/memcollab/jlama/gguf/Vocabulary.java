package dev.memcollab.jlama.gguf;

import dev.memcollab.model.ModelFailedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The tokens of a byte-level BPE, and which of them are more than text.
///
/// @param kinds for each token the number that GGUF gives its kind
record Vocabulary(List<String> tokens, List<Integer> kinds, List<String> merges, int bos, int eos) {
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    // What models were trained to end a turn or a text with, beside the one id of the metadata.
    private static final Set<String> TURN_ENDS = Set.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>",
            "<|eom_id|>", "<|end_of_text|>", "<|end|>", "<end_of_turn>", "</s>",
            "<｜end▁of▁sentence｜>");

    static Vocabulary of(Metadata metadata) {
        var model = metadata.text("tokenizer.ggml.model");
        if (!model.equals("gpt2")) {
            throw new ModelFailedException(
                    "%s: tokenizer.ggml.model must be gpt2 (a byte-level BPE), got %s"
                            .formatted(metadata.file(), model));
        }
        var tokens = metadata.texts("tokenizer.ggml.tokens");
        int eos = metadata.whole("tokenizer.ggml.eos_token_id");
        var vocabulary = new Vocabulary(tokens, metadata.wholes("tokenizer.ggml.token_type"),
                metadata.texts("tokenizer.ggml.merges"),
                metadata.findWhole("tokenizer.ggml.bos_token_id").orElse(eos), eos);
        vocabulary.requireSane(metadata);
        return vocabulary;
    }

    private void requireSane(Metadata metadata) {
        if (kinds.size() != tokens.size()) {
            throw new ModelFailedException(
                    "%s: tokenizer.ggml.token_type has %d entries for %d tokens"
                            .formatted(metadata.file(), kinds.size(), tokens.size()));
        }
        requireId(metadata, "tokenizer.ggml.eos_token_id", eos);
        requireId(metadata, "tokenizer.ggml.bos_token_id", bos);
        var seen = new HashSet<String>();
        for (var token : tokens) {
            if (!seen.add(token)) {
                throw new ModelFailedException(
                        "%s: the token %s occurs twice in tokenizer.ggml.tokens"
                                .formatted(metadata.file(), token));
            }
        }
    }

    private void requireId(Metadata metadata, String key, int id) {
        if (id < 0 || id >= tokens.size()) {
            throw new ModelFailedException("%s: %s must be below the %d tokens, got %d"
                    .formatted(metadata.file(), key, tokens.size(), id));
        }
    }

    /// Whether the token is matched as a whole in a text, before it is split and merged.
    ///
    /// Unused ones are not: a text that happens to spell one stays text.
    boolean isAdded(int id) {
        return switch (kinds.get(id)) {
            case UNKNOWN, CONTROL, USER_DEFINED -> true;
            default -> false;
        };
    }

    boolean isControl(int id) {
        return kinds.get(id) == CONTROL;
    }

    /// All ids that end an answer.
    List<Integer> turnEnds(Metadata metadata) {
        var ids = new TreeSet<>(Set.of(eos));
        for (var key : new String[]{"tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
            metadata.findWhole(key).ifPresent(id -> {
                requireId(metadata, key, id);
                ids.add(id);
            });
        }
        for (int id = 0; id < tokens.size(); id++) {
            if (isControl(id) && TURN_ENDS.contains(tokens.get(id))) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }
}
