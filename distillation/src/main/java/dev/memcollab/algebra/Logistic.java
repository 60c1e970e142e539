package dev.memcollab.algebra;

import java.util.List;

/// A logistic regression: P = 1 / (1 + exp(−(w₀ + Σ wᵢ·xᵢ))).
///
/// @param weights the bias w₀ first, then one for each feature
public record Logistic(List<Double> weights) {
    public Logistic {
        weights = List.copyOf(weights);
    }

    public static Logistic of(Double... weights) {
        return new Logistic(List.of(weights));
    }

    /// The probability of what was fitted.
    ///
    /// @param features as many as there are weights beside the bias
    public double probability(List<Double> features) {
        if (features.size() != weights.size() - 1) {
            throw new IllegalArgumentException("features must be %d, got %d"
                    .formatted(weights.size() - 1, features.size()));
        }
        double odds = weights.getFirst();
        for (int i = 0; i < features.size(); i++) {
            odds += weights.get(i + 1) * features.get(i);
        }
        return 1 / (1 + Math.exp(-odds));
    }
}
