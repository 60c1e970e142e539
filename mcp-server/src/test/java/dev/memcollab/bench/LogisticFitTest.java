package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.bench.LogisticFit.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticFitTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void weightsThatMadeTheLabelsAreFoundAgain(long seed) {
        var dice = new Random(seed);
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < 20_000; i++) {
            List<Double> features = List.of(dice.nextGaussian(), dice.nextGaussian());
            double odds = -1 + 2 * features.get(0) - 0.5 * features.get(1);
            samples.add(new Sample(features, dice.nextDouble() < 1 / (1 + Math.exp(-odds))));
        }

        List<Double> weights = LogisticFit.fit(samples).weights();

        assertThat(weights.get(0)).isEqualTo(-1, within(0.15));
        assertThat(weights.get(1)).isEqualTo(2, within(0.15));
        assertThat(weights.get(2)).isEqualTo(-0.5, within(0.15));
    }

    @Test
    void whatSeparatesPerfectlyDoesNotRunAway() {
        List<Sample> samples = Stream.of(-2.0, -1.0, 1.0, 2.0)
                .map(value -> new Sample(List.of(value), value > 0)).toList();

        Logistic fitted = LogisticFit.fit(samples);

        assertThat(fitted.weights().get(1)).isBetween(1.0, 100.0);
        assertThat(fitted.probability(List.of(2.0))).isBetween(0.9, 1.0);
    }
}
