package dev.memcollab.memory.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.embedding.Embedding;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/// Golden file: src/test/python/make_embedder_golden.py.
@TestInstance(Lifecycle.PER_CLASS)
class MiniLmTest {
    /// Products of eight bits are summed differently by processors with and without VNNI.
    private static final double PROCESSORS_DIFFER = 0.05;

    private MiniLm miniLm;

    @BeforeAll
    void loads() {
        miniLm = MiniLm.load();
    }

    @AfterAll
    void closes() {
        miniLm.close();
    }

    @Test
    void cosinesAreThoseOfTheReference() throws IOException {
        JsonNode golden = WordPieceTest.golden("cosines.json");
        List<Embedding> embeddings = golden.get("texts").valueStream()
                .map(text -> miniLm.embed(text.stringValue())).toList();

        assertThat(IntStream.range(0, embeddings.size()).boxed()).allSatisfy(
                row -> assertThat(IntStream.range(0, embeddings.size()).boxed()).allSatisfy(
                        column -> assertThat(embeddings.get(row).cosine(embeddings.get(column)))
                                .as("cosine of text %d and text %d", row, column)
                                .isEqualTo(golden.get("cosines").get(row).get(column)
                                        .doubleValue(), within(PROCESSORS_DIFFER))));
    }

    @Test
    void theSameTextHasTheSameVector() {
        assertThat(miniLm.embed("a b")).isEqualTo(miniLm.embed("a b"));
    }

    @Test
    void otherWordsForTheSameAreNearerThanSharedWordsForAnother() {
        Embedding asked = miniLm.embed("Users are charged twice when the network hiccups");

        assertThat(asked.cosine(miniLm.embed("A payment is repeated after a lost connection")))
                .isGreaterThan(asked
                        .cosine(miniLm.embed("Read the charge of a battery over the network")));
    }

    @Test
    void whatFollowsTheFourthWindowDoesNotCount() {
        String four = "word ".repeat(4 * 254);

        assertThat(miniLm.embed(four + "quite different")).isEqualTo(miniLm.embed(four));
        assertThat(miniLm.embed(four)).isNotEqualTo(miniLm.embed("word"));
    }
}
