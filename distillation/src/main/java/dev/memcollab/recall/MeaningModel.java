package dev.memcollab.recall;

import dev.memcollab.algebra.LinearSystem;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.recall.Example.Embedded;
import dev.memcollab.trajectory.TaskCategory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How the meaning of a text speaks for categories: regularised least squares on embeddings.
///
/// For each category c the w(c), b(c) that minimise
/// Σ over examples x, v(x)·(w(c)·x + b(c) − [x is of c])² + λ·|w(c)|², where v(x) makes all
/// categories weigh the same, however many examples they have.
final class MeaningModel {
    private static final double LAMBDA = 3;

    private final Map<TaskCategory, double[]> weights; // each [dimensions + 1], b last

    private MeaningModel(Map<TaskCategory, double[]> weights) {
        this.weights = weights;
    }

    /// Fits it, which takes some tenths of a second.
    ///
    /// @param examples at least one
    static MeaningModel fit(List<Embedded> examples) {
        int dimensions = examples.getFirst().embedding().dimensions();
        Map<TaskCategory, Long> sizes = examples.stream().collect(Collectors
                .groupingBy(Embedded::category, LinkedHashMap::new, Collectors.counting()));
        var left = new double[dimensions + 1][dimensions + 1];
        var right = new LinkedHashMap<TaskCategory, double[]>();
        for (Embedded example : examples) {
            double weight = (double) examples.size() / sizes.size()
                    / sizes.getOrDefault(example.category(), 1L);
            float[] vector = withOne(example.embedding());
            addOuterProduct(vector, weight, left);
            addScaled(vector, weight, right.computeIfAbsent(example.category(),
                    _ -> new double[dimensions + 1]));
        }
        for (int i = 0; i < dimensions; i++) {
            left[i][i] += LAMBDA;
        }
        var system = LinearSystem.of(left);
        return new MeaningModel(right.entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey, entry -> system.solve(entry.getValue()), (one, _) -> one,
                LinkedHashMap::new)));
    }

    private static float[] withOne(Embedding embedding) {
        float[] vector = Arrays.copyOf(embedding.toArray(), embedding.dimensions() + 1);
        vector[vector.length - 1] = 1;
        return vector;
    }

    /// The lower triangle alone: the rest is the same.
    private static void addOuterProduct(float[] vector, double weight, double[][] sum) {
        for (int row = 0; row < vector.length; row++) {
            double factor = weight * vector[row];
            double[] of = sum[row];
            for (int column = 0; column <= row; column++) {
                of[column] += factor * vector[column];
            }
        }
    }

    private static void addScaled(float[] vector, double weight, double[] sum) {
        for (int i = 0; i < vector.length; i++) {
            sum[i] += weight * vector[i];
        }
    }

    /// About 1 for the category that a text is of and 0 for the others.
    Map<TaskCategory, Double> scores(Embedding embedding) {
        float[] vector = withOne(embedding);
        var scores = new LinkedHashMap<TaskCategory, Double>();
        weights.forEach((category, of) -> scores.put(category, dot(of, vector)));
        return scores;
    }

    private static double dot(double[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
