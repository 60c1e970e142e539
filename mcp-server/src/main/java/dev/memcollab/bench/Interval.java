package dev.memcollab.bench;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// A mean with a 95 % interval, by resampling groups of values that belong together.
///
/// Efron, Annals of Statistics 1979: percentiles of the means of resampled groups.
record Interval(double mean, double low, double high) {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20261126;

    /// @param groups values of the tasks of one topic each
    static Interval of(List<List<Double>> groups) {
        var dice = new Random(SEED);
        double[] means = IntStream.range(0, RESAMPLES).mapToDouble(_ -> mean(IntStream
                .range(0, groups.size()).mapToObj(_ -> groups.get(dice.nextInt(groups.size())))
                .toList())).sorted().toArray();
        return new Interval(mean(groups), means[(int) (RESAMPLES * 0.025)],
                means[(int) (RESAMPLES * 0.975)]);
    }

    private static double mean(List<List<Double>> groups) {
        return groups.stream().flatMap(List::stream).mapToDouble(value -> value).average()
                .orElseThrow();
    }

    Map<String, Object> facts() {
        return Map.of("mean", Spread.rounded(mean), "low", Spread.rounded(low), "high",
                Spread.rounded(high));
    }
}
