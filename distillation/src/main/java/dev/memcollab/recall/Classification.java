package dev.memcollab.recall;

import dev.memcollab.trajectory.TaskCategory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Where a task belongs, as far as can be told.
///
/// @param ranked categories, the likeliest first; empty where nothing is known of the task
public record Classification(List<Likely> ranked) {
    /// Nothing in the task speaks for any category.
    public static final Classification UNKNOWN = new Classification(List.of());

    public Classification {
        ranked = List.copyOf(ranked);
    }

    /// A category and how likely it is.
    ///
    /// @param probability in [0, 1]; 1 where the caller told the category
    public record Likely(TaskCategory category, double probability) {}

    static Classification told(TaskCategory category) {
        return new Classification(List.of(new Likely(category, 1)));
    }

    /// P(c) = exp(score(c)) / Σ exp(score).
    static Classification ofScores(Map<TaskCategory, Double> scores) {
        double most = scores.values().stream().mapToDouble(score -> score).max().orElse(0);
        double all = scores.values().stream().mapToDouble(score -> Math.exp(score - most)).sum();
        return new Classification(scores.entrySet().stream()
                .map(entry -> new Likely(entry.getKey(), Math.exp(entry.getValue() - most) / all))
                .sorted(Comparator.comparingDouble(Likely::probability).reversed()).toList());
    }

    /// The likeliest.
    public TaskCategory category() {
        return ranked.isEmpty() ? TaskCategory.UNKNOWN : ranked.getFirst().category();
    }

    /// How likely that is, in [0, 1]; 0 where it is unknown.
    public double confidence() {
        return ranked.isEmpty() ? 0 : ranked.getFirst().probability();
    }

    /// Whether a category was among those that the task could be of.
    boolean knows(TaskCategory category) {
        return ranked.stream().anyMatch(likely -> likely.category().equals(category));
    }

    /// How likely another one is, in [0, 1].
    public double probability(TaskCategory category) {
        return ranked.stream().filter(likely -> likely.category().equals(category))
                .mapToDouble(Likely::probability).findFirst().orElse(0);
    }
}
