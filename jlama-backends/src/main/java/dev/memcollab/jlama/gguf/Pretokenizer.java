package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// How a byte-level BPE splits text before it merges, by the name that GGUF gives it.
///
/// `pretokenizers.json` maps each known name to Hugging Face's description of the same.
record Pretokenizer(String name, boolean ignoreMerges, boolean addBos, JsonNode normalizer,
        JsonNode splits) {
    private static final String KEY = "tokenizer.ggml.pre";

    static Pretokenizer of(Metadata metadata) {
        var known = known();
        var name = metadata.text(KEY);
        var node = known.path(name);
        if (!node.isObject()) {
            throw new ModelFailedException("%s: unknown pre-tokenizer %s (%s); known are %s"
                    .formatted(metadata.file(), name, KEY,
                            known.properties().stream().map(entry -> entry.getKey()).toList()));
        }
        return new Pretokenizer(name, node.path("ignore_merges").asBoolean(),
                node.path("add_bos").asBoolean(), node.path("normalizer"), node.path("splits"));
    }

    private static JsonNode known() {
        try (var in = Pretokenizer.class.getResourceAsStream("pretokenizers.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
