package dev.memcollab.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memcollab.jlama.kernel.Attention;
import dev.memcollab.jlama.network.Architecture;
import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A model directory in Hugging Face layout and what its descriptions say.
///
/// `config.json` describes the network. `memcollab.json`, written at import, adds the name and all
/// tokens that end a turn; without it, the directory's name and the usual end tokens serve.
record ModelDirectory(Path path, ObjectNode config, JsonNode manifest) {
    /// Tokens that end a turn or a text in the models of this catalogue, whichever the config names.
    private static final List<String> USUAL_ENDS = List.of("<|im_end|>", "<|endoftext|>");

    private static final List<String> NETWORKS = List.of("llama", "qwen2");

    private static final String WEIGHTS = "model.safetensors";

    static ModelDirectory read(Path path) {
        for (String file : List.of("config.json", WEIGHTS)) {
            if (!Files.isRegularFile(path.resolve(file))) {
                throw new ModelFailedException("no model at " + path + ": " + file
                        + " is missing: run memcollab models pull");
            }
        }
        JsonNode config = json(path.resolve("config.json"));
        if (!(config instanceof ObjectNode fields)) {
            throw new ModelFailedException(path.resolve("config.json")
                    + " must hold an object: import or pull the model again");
        }
        Path manifest = path.resolve("memcollab.json");
        return new ModelDirectory(path, fields,
                Files.isRegularFile(manifest) ? json(manifest) : fields.objectNode());
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new ModelFailedException(
                    "can not read " + file + ": import or pull the model again", e);
        }
    }

    Path weights() {
        return path.resolve(WEIGHTS);
    }

    String name() {
        return manifest.path("name").asText(path.toAbsolutePath().getFileName().toString());
    }

    /// The kind of network, such as `llama` or `qwen2`.
    String architecture() {
        return config.path("model_type").asText();
    }

    /// The context the model was made for.
    int trainedContextTokens() {
        return number("max_position_embeddings");
    }

    int number(String field) {
        JsonNode value = config.path(field);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw new ModelFailedException("%s: %s must be a positive number, got %s"
                    .formatted(path.resolve("config.json"), field, value));
        }
        return value.asInt();
    }

    /// What network the model is.
    Architecture network() {
        if (!NETWORKS.contains(architecture())) {
            throw new ModelFailedException("%s: model_type must be one of %s, got %s"
                    .formatted(path.resolve("config.json"), NETWORKS, architecture()));
        }
        int heads = number("num_attention_heads");
        int headSize = config.path("head_dim").asInt(number("hidden_size") / heads);
        return new Architecture(number("num_hidden_layers"), number("hidden_size"),
                number("intermediate_size"),
                new Attention.Shape(heads, number("num_key_value_heads"), headSize),
                number("vocab_size"), (float) real("rms_norm_eps"), real("rope_theta"));
    }

    private double real(String field) {
        JsonNode value = config.path(field);
        if (!value.isNumber() || value.asDouble() <= 0) {
            throw new ModelFailedException("%s: %s must be a positive number, got %s"
                    .formatted(path.resolve("config.json"), field, value));
        }
        return value.asDouble();
    }

    /// The ids of all tokens that end a turn.
    Set<Integer> ends(ByteLevelTokenizer tokenizer) {
        var ends = new HashSet<Integer>();
        Stream.of(config.path("eos_token_id"), manifest.path("eos_ids")).forEach(node -> {
            if (node.isInt()) {
                ends.add(node.asInt());
            }
            node.forEach(id -> ends.add(id.asInt()));
        });
        USUAL_ENDS.forEach(token -> tokenizer.special(token).ifPresent(ends::add));
        return Set.copyOf(ends);
    }
}
