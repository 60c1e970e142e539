package dev.memcollab.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measurements of one thing, in the order they were made.
public record Spread(List<Double> samples) {
    public Spread {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("samples must not be empty");
        }
        samples = List.copyOf(samples);
    }

    /// The middle one, or the mean of the two in the middle.
    public double median() {
        List<Double> sorted = samples.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double least() {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double most() {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("median", rounded(median()));
        facts.put("min", rounded(least()));
        facts.put("max", rounded(most()));
        facts.put("samples", samples.stream().map(Spread::rounded).toList());
        return facts;
    }

    /// To thousandths.
    static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}
