package dev.memcollab.jlama.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `memcollab.json` in a model directory says: where the model came from, what the engine
/// needs that Hugging Face's files do not tell, and the digest of each file beside it.
///
/// Format 2. Unknown fields are ignored, a newer format is refused. So is format 1, which has the same
/// fields, but stands beside weights that the engine does not read any more.
public record ModelManifest(String name, String architecture, Source source, Tokens tokens,
        Map<String, FileDigest> files) {
    /// The manifest's own name in a model directory.
    public static final String FILE_NAME = "memcollab.json";
    private static final int FORMAT = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelManifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /// The GGUF file that was imported.
    public record Source(String file, String sha256) {}

    /// What a decode loop needs to know of the tokens.
    ///
    /// @param ends all ids that end an answer, never empty
    /// @param bos the id to begin a text with
    /// @param addBos whether a text is to begin with it
    /// @param pretokenizer GGUF's name of how text is split, such as `qwen2`
    public record Tokens(List<Integer> ends, Optional<Integer> bos, boolean addBos,
            String pretokenizer) {
        public Tokens {
            if (ends.isEmpty()) {
                throw new IllegalArgumentException("ends must not be empty");
            }
            ends = List.copyOf(ends);
        }
    }

    /// The size of all files of the model.
    public long bytes() {
        return files.values().stream().mapToLong(FileDigest::bytes).sum();
    }

    /// Reads the manifest of a model directory.
    ///
    /// @throws ModelFailedException naming the file, when it is missing or not such a manifest
    public static ModelManifest read(Path directory) {
        var file = directory.resolve(FILE_NAME);
        try {
            return new Reader(file, JSON.readTree(Files.readAllBytes(file))).manifest();
        } catch (IOException e) {
            throw new ModelFailedException("%s: can not be read: %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new ModelFailedException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Whether a model directory was made by an earlier version, whose weights are not read any more.
    public static boolean isOutdated(Path directory) {
        try {
            var format = JSON.readTree(Files.readAllBytes(directory.resolve(FILE_NAME)))
                    .path("format");
            return format.isInt() && format.intValue() < FORMAT;
        } catch (IOException _) {
            return false;
        }
    }

    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("name", name).put("architecture", architecture)
                .put("source_file", source.file()).put("source_sha256", source.sha256());
        root.putPOJO("eos_ids", tokens.ends());
        tokens.bos().ifPresent(bos -> root.put("bos_id", bos));
        root.put("add_bos", tokens.addBos()).put("pretokenizer", tokens.pretokenizer());
        var digests = root.putObject("files");
        files.forEach((file, digest) -> digests.putObject(file).put("bytes", digest.bytes())
                .put("sha256", digest.sha256()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /// Reads fields and says which one is wrong.
    private record Reader(Path file, JsonNode root) {
        ModelManifest manifest() {
            int format = whole(root, "format");
            if (format > FORMAT) {
                throw failure("format must be %d, got %d: it was written by a newer version"
                        .formatted(FORMAT, format));
            }
            if (format < FORMAT) {
                var name = text(root, "name");
                throw failure(("format must be %d, got %d: an earlier version stored the weights"
                        + " otherwise; run memcollab models pull %s, or import %s once more")
                        .formatted(FORMAT, format, name, text(root, "source_file")));
            }
            return new ModelManifest(text(root, "name"), text(root, "architecture"),
                    new Source(text(root, "source_file"), text(root, "source_sha256")), tokens(),
                    files());
        }

        private Tokens tokens() {
            var ends = new ArrayList<Integer>();
            for (var id : root.path("eos_ids")) {
                if (!id.isInt()) {
                    throw failure("eos_ids must be integers, got " + id);
                }
                ends.add(id.intValue());
            }
            var bos = root.has("bos_id")
                    ? Optional.of(whole(root, "bos_id"))
                    : Optional.<Integer>empty();
            return new Tokens(ends, bos, root.path("add_bos").asBoolean(false),
                    text(root, "pretokenizer"));
        }

        private Map<String, FileDigest> files() {
            var digests = new TreeMap<String, FileDigest>();
            for (var entry : root.path("files").properties()) {
                var bytes = entry.getValue().path("bytes");
                if (!bytes.isIntegralNumber()) {
                    throw failure("bytes of %s must be an integer, got %s"
                            .formatted(entry.getKey(), bytes));
                }
                digests.put(entry.getKey(), new FileDigest(bytes.longValue(),
                        text(entry.getValue(), "sha256")));
            }
            return digests;
        }

        private String text(JsonNode node, String field) {
            var value = node.path(field);
            if (!value.isTextual()) {
                throw failure("%s must be a string, got %s".formatted(field, value));
            }
            return value.textValue();
        }

        private int whole(JsonNode node, String field) {
            var value = node.path(field);
            if (!value.isInt()) {
                throw failure("%s must be an integer, got %s".formatted(field, value));
            }
            return value.intValue();
        }

        private ModelFailedException failure(String detail) {
            return new ModelFailedException(file + ": " + detail);
        }
    }
}
