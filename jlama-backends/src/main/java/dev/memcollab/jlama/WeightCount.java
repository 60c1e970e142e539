package dev.memcollab.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.model.ModelFailedException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// How many weights a token is multiplied with, by the tensors of a model's file.
///
/// Norms and biases are not counted as weights, but their bytes are read. Of the embedding a token
/// reads one row, so it counts only where it is the head too.
///
/// @param layers weights of the matrices of all layers
/// @param head weights of the matrix that makes logits
/// @param bytes of all that is read for a token whose logits are computed, scales included
public record WeightCount(long layers, long head, long bytes) {
    private static final int MOST_HEADER = 1 << 26;
    private static final String HEAD = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String SCALES = ".qb";
    private static final WeightCount NONE = new WeightCount(0, 0, 0);

    /// Counts the tensors of a safetensors file.
    static WeightCount of(Path file) {
        JsonNode tensors = header(file);
        String head = tensors.has(HEAD) ? HEAD : EMBEDDING;
        return tensors.properties().stream().map(tensor -> of(tensor, head)).reduce(NONE,
                WeightCount::plus);
    }

    private static JsonNode header(Path file) {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            long length = Long.reverseBytes(in.readLong());
            if (length < 2 || length > MOST_HEADER) {
                throw new ModelFailedException("%s: the header must have 2..%d bytes, got %d"
                        .formatted(file, MOST_HEADER, length));
            }
            return new ObjectMapper().readTree(in.readNBytes((int) length));
        } catch (IOException e) {
            throw new ModelFailedException(
                    "can not read " + file + ": import or pull the model again", e);
        }
    }

    private static WeightCount of(Map.Entry<String, JsonNode> tensor, String head) {
        String name = tensor.getKey();
        JsonNode offsets = tensor.getValue().path("data_offsets");
        long bytes = offsets.path(1).asLong() - offsets.path(0).asLong();
        long weights = name.endsWith(SCALES) ? 0 : weights(tensor.getValue().path("shape"));
        if (name.equals(head) || name.equals(head + SCALES)) {
            return new WeightCount(0, weights, bytes);
        }
        if (name.startsWith("model.layers.")) {
            return new WeightCount(weights, 0, bytes);
        }
        return name.equals("model.norm.weight") ? new WeightCount(0, 0, bytes) : NONE;
    }

    /// Those of a matrix; a vector is no matrix.
    private static long weights(JsonNode shape) {
        return shape.size() == 2 ? shape.path(0).asLong() * shape.path(1).asLong() : 0;
    }

    private WeightCount plus(WeightCount other) {
        return new WeightCount(layers + other.layers, head + other.head, bytes + other.bytes);
    }

    /// Floating-point operations, two a weight.
    ///
    /// @param tokens that run through the layers
    /// @param logits of how many of them logits are computed
    public double operations(long tokens, long logits) {
        return 2.0 * (layers * tokens + head * logits);
    }
}
