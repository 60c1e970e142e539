package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
    @ParameterizedTest(name = "{0} tokens")
    @ValueSource(ints = {1, 2, 63, 64, 65, 500})
    void tokensComeInTheOrderOfASort(int size) {
        var random = new Random(size);
        var logits = new float[size + 7];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.round(random.nextGaussian() * 20) / 4f;
        }

        var ranking = new Ranking(logits, size);
        List<Integer> ranked = Stream.generate(ranking::next).limit(size).toList();

        assertThat(ranked).isEqualTo(IntStream.range(0, size).boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id])
                        .thenComparing(Comparator.naturalOrder()))
                .toList());
        assertThat(ranking.hasNext()).isFalse();
    }

    @Test
    void theLowerIdWinsATie() {
        assertThat(new Ranking(new float[]{-1, 3, 3, 2}, 4).next()).isEqualTo(1);
    }
}
