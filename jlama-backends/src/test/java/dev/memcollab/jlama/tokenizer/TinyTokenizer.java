package dev.memcollab.jlama.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A handmade tokenizer: ids 0 to 255 are the bytes, then come the merges' tokens in order, then the
/// special ones.
record TinyTokenizer(List<List<String>> merges, List<String> specials) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Merges as `"h e"`, in the byte-level alphabet.
    static TinyTokenizer of(String... merges) {
        return new TinyTokenizer(
                List.of(merges).stream().map(merge -> List.of(merge.split(" "))).toList(),
                List.of("<|im_start|>", "<|im_end|>", "<|im|>"));
    }

    Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            ids.put(String.valueOf(ByteAlphabet.character(b)), b);
        }
        merges.forEach(merge -> ids.putIfAbsent(String.join("", merge), ids.size()));
        return ids;
    }

    Map<String, Object> json() {
        Map<String, Integer> ids = vocabulary();
        var added = new ArrayList<Map<String, Object>>();
        for (String special : specials) {
            added.add(
                    Map.of("id", ids.size() + added.size(), "content", special, "special", true));
        }
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "BPE");
        model.put("vocab", ids);
        model.put("merges", merges);
        var json = new LinkedHashMap<String, Object>();
        json.put("version", "1.0");
        json.put("added_tokens", added);
        json.put("model", model);
        return json;
    }

    ByteLevelTokenizer build() {
        return build(Pretokenizer.QWEN2);
    }

    ByteLevelTokenizer build(Pretokenizer pretokenizer) {
        try {
            Path file = Files.createTempFile("tokenizer", ".json");
            try {
                Files.writeString(file, JSON.writeValueAsString(json()));
                return new ByteLevelTokenizer(Vocabulary.of(TokenizerFile.read(file)),
                        pretokenizer);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, Object json) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(json));
    }
}
