package dev.memcollab.memory.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden file: src/test/python/make_embedder_golden.py.
class WordPieceTest {
    private static WordPiece wordPiece;

    @BeforeAll
    static void readsTheVocabulary() throws IOException {
        wordPiece = MiniLm.wordPiece();
    }

    static JsonNode golden(String name) throws IOException {
        try (InputStream in = WordPieceTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
        }
    }

    static Stream<JsonNode> texts() throws IOException {
        return golden("word-pieces.json").valueStream();
    }

    @ParameterizedTest(name = "text {index}")
    @MethodSource("texts")
    void idsAreThoseOfTheTokenizersLibrary(JsonNode text) {
        assertThat(wordPiece.ids(text.get("text").stringValue())).as(text.toString())
                .isEqualTo(text.get("ids").valueStream().map(JsonNode::intValue).toList());
    }

    @Test
    void halfACharacterIsLeftOut() {
        assertThat(wordPiece.ids("lone \ud800 surrogate"))
                .isEqualTo(wordPiece.ids("lone  surrogate"));
    }
}
