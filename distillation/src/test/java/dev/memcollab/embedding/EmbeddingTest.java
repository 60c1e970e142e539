package dev.memcollab.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    @Test
    void onlyTheDirectionCounts() {
        assertThat(Embedding.of(new float[]{3, 4}).toArray()).containsExactly(0.6f, 0.8f);
        assertThat(Embedding.of(new float[]{3, 4}).cosine(Embedding.of(new float[]{30, 40})))
                .isEqualTo(1, within(1e-6));
    }

    @Test
    void theCosineTellsLikeFromUnlike() {
        var east = Embedding.of(new float[]{1, 0});

        assertThat(east.cosine(Embedding.of(new float[]{0, 2}))).isZero();
        assertThat(east.cosine(Embedding.of(new float[]{-5, 0}))).isEqualTo(-1);
    }

    @Test
    void theMeanLiesBetween() {
        var mean = Embedding.mean(List.of(Embedding.of(new float[]{1, 0}),
                Embedding.of(new float[]{0, 1})));

        assertThat(mean).isEqualTo(Embedding.of(new float[]{1, 1}));
    }

    @Test
    void whatHasNoDirectionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.of(new float[]{0, 0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Embedding.of(new float[]{Float.NaN, 1}));
    }

    @Test
    void vectorsOfDifferentModelsAreNotCompared() {
        var one = Embedding.of(new float[]{1, 0});
        var other = Embedding.of(new float[]{1, 0, 0});

        assertThatIllegalArgumentException().isThrownBy(() -> one.cosine(other))
                .withMessageContaining("2 and 3");
    }
}
