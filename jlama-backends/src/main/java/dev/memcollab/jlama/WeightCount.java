package dev.memcollab.jlama;

import dev.memcollab.jlama.network.WeightFile;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// How many weights a token is multiplied with, by the tensors of a model's file.
///
/// Norms and biases are not counted as weights, but their bytes are read. Of the embedding a token
/// reads one row, so it counts only where it is the head too.
///
/// @param layers weights of the matrices of all layers
/// @param head weights of the matrix that makes logits
/// @param bytes of all that is read for a token whose logits are computed, scales included
public record WeightCount(long layers, long head, long bytes) {
    private static final String HEAD = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";
    /// What the planes of a matrix beside the lower halves of its codes are called.
    private static final Pattern PLANE = Pattern.compile("\\.(high|scale|shift)$");
    private static final WeightCount NONE = new WeightCount(0, 0, 0);

    /// Counts the tensors of a safetensors file.
    static WeightCount of(Path file) {
        var tensors = WeightFile.read(file).tensors();
        String head = tensors.containsKey(HEAD) ? HEAD : EMBEDDING;
        return tensors.entrySet().stream()
                .map(tensor -> of(tensor.getKey(), tensor.getValue(), head))
                .reduce(NONE, WeightCount::plus);
    }

    private static WeightCount of(String name, WeightFile.Tensor tensor, String head) {
        String matrix = PLANE.matcher(name).replaceFirst("");
        long weights = name.equals(matrix) ? weights(tensor) : 0;
        if (matrix.equals(head)) {
            return new WeightCount(0, weights, tensor.bytes());
        }
        if (name.startsWith("model.layers.")) {
            return new WeightCount(weights, 0, tensor.bytes());
        }
        return name.equals("model.norm.weight") ? new WeightCount(0, 0, tensor.bytes()) : NONE;
    }

    /// Those of a matrix, of which a byte holds the halves of two; a vector is no matrix.
    private static long weights(WeightFile.Tensor tensor) {
        if (tensor.shape().size() != 2) {
            return 0;
        }
        return tensor.type().equals("U8") ? 2 * tensor.elements() : tensor.elements();
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
