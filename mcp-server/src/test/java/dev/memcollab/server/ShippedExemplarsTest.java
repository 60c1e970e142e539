package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.embedding.Embedding;
import dev.memcollab.embedding.WordBagEmbedder;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.recall.TaskClassifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedExemplarsTest {
    private static final List<String> TEXTS = TaskClassifier.withOwnTaxonomy().exemplars();

    @Test
    void theBuildMadeThemAllAndAsTheEmbedderOfTheProgramDoes() {
        try (var embedder = MiniLm.load()) {
            Map<String, Embedding> shipped = ShippedExemplars.of(embedder);

            assertThat(shipped).containsOnlyKeys(TEXTS);
            shipped.entrySet().stream().limit(20).forEach(each -> assertThat(
                    each.getValue().cosine(embedder.embed(each.getKey()))).as(each.getKey())
                    .isCloseTo(1, within(1e-4)));
        }
    }

    @Test
    void anotherEmbedderDoesNotGetThem() {
        assertThat(ShippedExemplars.of(new WordBagEmbedder())).isEmpty();
    }
}
