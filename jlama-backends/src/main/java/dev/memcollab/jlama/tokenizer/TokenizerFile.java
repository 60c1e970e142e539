package dev.memcollab.jlama.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a `tokenizer.json` says of a byte-level BPE, as it is written there.
///
/// @param ids the model's vocabulary, tokens in the byte-level alphabet
/// @param merges in the order they apply
/// @param preTokenizer the `pre_tokenizer` section; missing where the file has none
record TokenizerFile(Map<String, Integer> ids, List<Merge> merges, List<AddedToken> addedTokens,
        JsonNode preTokenizer) {

    /// Two tokens that become one.
    record Merge(String left, String right) {
        static Merge parse(String text) {
            int blank = text.indexOf(' ');
            if (blank < 1 || blank != text.lastIndexOf(' ') || blank == text.length() - 1) {
                throw new IllegalArgumentException(
                        "merge must be two tokens with a blank between, got \"" + text + "\"");
            }
            return new Merge(text.substring(0, blank), text.substring(blank + 1));
        }
    }

    /// A token beside the learnt ones, written as the text it stands for.
    record AddedToken(int id, String content, boolean special) {
        /// Whether the token is a filler: llama.cpp's converter names the ids that a model has beyond
        /// its vocabulary so, and never finds them in a text.
        boolean isPadding() {
            return !special && content.equals("[PAD" + id + "]");
        }
    }

    /// Without a table of field names: each of a vocabulary's occurs once.
    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build());

    /// Reads the file token by token: as a tree, a vocabulary would take many times its size.
    ///
    /// @throws IOException for what is not JSON
    /// @throws IllegalArgumentException for JSON that is not a byte-level BPE
    static TokenizerFile read(Path file) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        List<Merge> merges = new ArrayList<>();
        List<AddedToken> added = new ArrayList<>();
        JsonNode preTokenizer = MissingNode.getInstance();
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            require(parser.nextToken(), JsonToken.START_OBJECT, "tokenizer.json");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "model" -> readModel(parser, ids, merges);
                    case "added_tokens" -> readAddedTokens(parser, added);
                    case "pre_tokenizer" -> preTokenizer = JSON.readTree(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("model.vocab must not be empty or absent");
        }
        return new TokenizerFile(ids, merges, added, preTokenizer);
    }

    private static void readModel(JsonParser parser, Map<String, Integer> ids, List<Merge> merges)
            throws IOException {
        require(parser.currentToken(), JsonToken.START_OBJECT, "model");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "type" -> requireText("model.type", "BPE", parser.getValueAsString("BPE"));
                case "byte_fallback", "ignore_merges" -> requireText("model." + field, "false",
                        parser.getValueAsString("false"));
                case "vocab" -> readVocabulary(parser, ids);
                case "merges" -> {
                    require(value, JsonToken.START_ARRAY, "model.merges");
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        merges.add(readMerge(parser));
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private static void readVocabulary(JsonParser parser, Map<String, Integer> ids)
            throws IOException {
        require(parser.currentToken(), JsonToken.START_OBJECT, "model.vocab");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String token = parser.currentName();
            require(parser.nextToken(), JsonToken.VALUE_NUMBER_INT, "model.vocab." + token);
            ids.put(token, parser.getIntValue());
        }
    }

    /// Older files write a merge as `"a b"`, newer ones as `["a", "b"]`.
    private static Merge readMerge(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Merge.parse(parser.getText());
        }
        JsonNode pair = JSON.readTree(parser);
        if (!pair.isArray() || pair.size() != 2) {
            throw new IllegalArgumentException("model.merges must hold pairs, got " + pair);
        }
        return new Merge(pair.path(0).asText(), pair.path(1).asText());
    }

    private static void readAddedTokens(JsonParser parser, List<AddedToken> added)
            throws IOException {
        JsonNode tokens = JSON.readTree(parser);
        for (JsonNode token : tokens) {
            String content = token.path("content").asText();
            if (!token.path("id").isInt() || content.isEmpty()) {
                throw new IllegalArgumentException(
                        "added_tokens must have an id and a content, got " + token);
            }
            added.add(new AddedToken(token.path("id").asInt(), content,
                    token.path("special").asBoolean()));
        }
    }

    private static void require(JsonToken found, JsonToken expected, String field) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "%s must be a %s, got %s".formatted(field, expected, found));
        }
    }

    private static void requireText(String field, String expected, String found) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                    "%s must be %s, got %s".formatted(field, expected, found));
        }
    }
}
