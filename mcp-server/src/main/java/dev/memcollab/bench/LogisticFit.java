package dev.memcollab.bench;

import dev.memcollab.algebra.LinearSystem;
import dev.memcollab.algebra.Logistic;
import java.util.Arrays;
import java.util.List;

/// Logistic regression by Newton's method: the w that minimise
/// −Σ ln P(label | features) + λ/2·|w|², the bias w₀ not counted in the latter.
final class LogisticFit {
    private static final double LAMBDA = 0.01;
    private static final int STEPS = 30;

    private LogisticFit() {}

    /// One observation.
    ///
    /// @param features as many as all others have
    record Sample(List<Double> features, boolean label) {
        Sample {
            features = List.copyOf(features);
        }
    }

    /// Fits the weights.
    static Logistic fit(List<Sample> samples) {
        int size = samples.getFirst().features().size() + 1;
        var weights = new double[size];
        for (int step = 0; step < STEPS; step++) {
            var gradient = new double[size];
            var hessian = new double[size][size];
            Logistic fitted = logistic(weights);
            for (Sample sample : samples) {
                add(sample, fitted, gradient, hessian);
            }
            for (int i = 0; i < size; i++) {
                double penalty = i == 0 ? 1e-9 : LAMBDA;
                gradient[i] += penalty * weights[i];
                hessian[i][i] += penalty;
            }
            double[] change = LinearSystem.of(hessian).solve(gradient);
            for (int i = 0; i < size; i++) {
                weights[i] -= change[i];
            }
        }
        return logistic(weights);
    }

    private static Logistic logistic(double[] weights) {
        return new Logistic(Arrays.stream(weights).boxed().toList());
    }

    private static void add(Sample sample, Logistic fitted, double[] gradient,
            double[][] hessian) {
        int size = gradient.length;
        double probability = fitted.probability(sample.features());
        double error = probability - (sample.label() ? 1 : 0);
        double curvature = probability * (1 - probability);
        for (int row = 0; row < size; row++) {
            gradient[row] += error * feature(sample, row);
            for (int column = 0; column <= row; column++) {
                hessian[row][column] += curvature * feature(sample, row)
                        * feature(sample, column);
            }
        }
    }

    private static double feature(Sample sample, int index) {
        return index == 0 ? 1 : sample.features().get(index - 1);
    }
}
