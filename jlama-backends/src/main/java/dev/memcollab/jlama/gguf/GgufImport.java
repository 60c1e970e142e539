package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Architecture.Slot;
import dev.memcollab.jlama.gguf.Safetensors.Entry;
import dev.memcollab.model.ModelFailedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A GGUF file, checked through and ready to be written as a model directory.
///
/// The plan is made from the header alone, so what can not be imported is refused before a byte is
/// written, and the size of the result is known.
public final class GgufImport {
    /// The context to make room for where nobody says otherwise.
    public static final int DEFAULT_CONTEXT_TOKENS = 8192;

    private final GgufFile gguf;
    private final Architecture architecture;
    private final ModelFiles files;
    private final Map<Slot, TensorInfo> tensors;
    private final Safetensors layout;

    private GgufImport(GgufFile gguf, int contextTokens) {
        var metadata = gguf.metadata();
        this.gguf = gguf;
        this.architecture = Architecture.of(metadata);
        var model = Hyperparameters.of(metadata, architecture);
        var byName = new HashMap<String, TensorInfo>();
        gguf.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
        boolean ownHead = byName.containsKey("output.weight");
        this.files = new ModelFiles(metadata, architecture, model, Vocabulary.of(metadata),
                Pretokenizer.of(metadata), ownHead, Math.min(contextTokens, model.context()));
        this.tensors = matched(architecture.slots(model, ownHead), byName);
        this.layout = new Safetensors(entries(tensors));
    }

    /// Plans an import.
    ///
    /// @param gguf stays open and the caller's own
    /// @param contextTokens the longest context to make room for, where the model has a longer one
    /// @throws ModelFailedException naming what is unknown, missing or of the wrong shape
    public static GgufImport of(GgufFile gguf, int contextTokens) {
        if (contextTokens < 1) {
            throw new IllegalArgumentException(
                    "contextTokens must be at least 1, got " + contextTokens);
        }
        return new GgufImport(gguf, contextTokens);
    }

    /// The size of the weights to be written; the other files come to a few megabytes.
    public long weightBytes() {
        return layout.bytes();
    }

    GgufFile gguf() {
        return gguf;
    }

    ModelFiles files() {
        return files;
    }

    Safetensors layout() {
        return layout;
    }

    /// The tensors to write, in order, and what each is made from.
    Map<Slot, TensorInfo> tensors() {
        return tensors;
    }

    ModelManifest manifest(String name, String sha256, Map<String, FileDigest> digests) {
        var metadata = gguf.metadata();
        var vocabulary = files.vocabulary();
        var pretokenizer = files.pretokenizer();
        var tokens = new ModelManifest.Tokens(vocabulary.turnEnds(metadata),
                metadata.findWhole("tokenizer.ggml.bos_token_id"),
                metadata.findFlag("tokenizer.ggml.add_bos_token").orElse(pretokenizer.addBos()),
                pretokenizer.name());
        return new ModelManifest(name, architecture.ggufName(),
                new ModelManifest.Source(String.valueOf(gguf.path().getFileName()), sha256), tokens,
                new TreeMap<>(digests));
    }

    private Map<Slot, TensorInfo> matched(List<Slot> slots, Map<String, TensorInfo> byName) {
        var unclaimed = new LinkedHashMap<>(byName);
        var matched = new LinkedHashMap<Slot, TensorInfo>();
        for (var slot : slots) {
            var tensor = unclaimed.remove(slot.from());
            if (tensor == null) {
                throw failure("it lacks the tensor " + slot.from());
            }
            if (!tensor.shape().equals(slot.shape())) {
                throw failure("tensor %s must have the shape %s, got %s".formatted(slot.from(),
                        slot.shape(), tensor.shape()));
            }
            if (slot.shape().size() == 2 && tensor.columns() % RowFormat.BLOCK != 0) {
                throw failure("rows of tensor %s must be a multiple of %d long, got %d"
                        .formatted(slot.from(), RowFormat.BLOCK, tensor.columns()));
            }
            matched.put(slot, tensor);
        }
        if (!unclaimed.isEmpty()) {
            throw failure("the architecture %s has no tensor %s".formatted(architecture.ggufName(),
                    unclaimed.keySet().iterator().next()));
        }
        return matched;
    }

    private static List<Entry> entries(Map<Slot, TensorInfo> tensors) {
        var entries = new ArrayList<Entry>();
        tensors.forEach((slot, tensor) -> {
            var shape = slot.shape();
            if (shape.size() == 1) {
                entries.add(new Entry(slot.to(), "F32", shape, 4L * shape.getFirst()));
            } else {
                entries.addAll(RowFormat.of(tensor.type()).planes(slot.to(), shape.getFirst(),
                        shape.getLast()));
            }
        });
        return entries;
    }

    private ModelFailedException failure(String detail) {
        return new ModelFailedException(gguf.path() + ": " + detail);
    }
}
