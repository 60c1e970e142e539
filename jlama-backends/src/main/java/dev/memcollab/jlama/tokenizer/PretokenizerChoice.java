package dev.memcollab.jlama.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Finds out which pretokenizer a model directory asks for.
final class PretokenizerChoice {
    /// The `Split` expression by which a `tokenizer.json` of the Qwen 2 family is known.
    private static final String QWEN2 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+"
            + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private PretokenizerChoice() {}

    /// What `memcollab.json` names; else what the `pre_tokenizer` section describes.
    ///
    /// @throws IllegalArgumentException for one that is not known here
    static Pretokenizer of(Path modelDirectory, JsonNode section) throws IOException {
        Path own = modelDirectory.resolve("memcollab.json");
        if (Files.isRegularFile(own)) {
            JsonNode name = new ObjectMapper().readTree(own.toFile()).path("pretokenizer");
            if (!name.isMissingNode()) {
                return Pretokenizer.named(name.asText())
                        .orElseThrow(() -> unknown("pretokenizer", name.toString()));
            }
        }
        if (isQwen2(section)) {
            return Pretokenizer.QWEN2;
        }
        if (isSmollm(section)) {
            return Pretokenizer.SMOLLM;
        }
        throw unknown("pre_tokenizer", section.isMissingNode() ? "none" : section.toString());
    }

    private static boolean isQwen2(JsonNode section) {
        JsonNode steps = section.path("pretokenizers");
        return steps.size() == 2
                && steps.path(0).path("pattern").path("Regex").asText().equals(QWEN2)
                && steps.path(1).path("type").asText().equals("ByteLevel");
    }

    private static boolean isSmollm(JsonNode section) {
        JsonNode steps = section.path("pretokenizers");
        return steps.size() == 2 && steps.path(0).path("type").asText().equals("Digits")
                && steps.path(0).path("individual_digits").asBoolean()
                && steps.path(1).path("type").asText().equals("ByteLevel")
                && steps.path(1).path("use_regex").asBoolean(true)
                && !steps.path(1).path("add_prefix_space").asBoolean(true);
    }

    private static IllegalArgumentException unknown(String field, String value) {
        return new IllegalArgumentException("%s must be one of %s, got %s".formatted(field,
                Arrays.toString(Pretokenizer.values()), value));
    }
}
