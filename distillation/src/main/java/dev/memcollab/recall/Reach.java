package dev.memcollab.recall;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.trajectory.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// For which tasks recall would show a constraint that is not in memory yet: only those can it help or
/// harm.
///
/// @param embedder the one there is at the time; none while it is being loaded
public record Reach(TaskClassifier classifier, Supplier<Optional<Embedder>> embedder,
        Relevance.Weights weights) {
    /// One that judges by words alone.
    public static Reach byWords(TaskClassifier classifier) {
        return new Reach(classifier, Optional::empty, Relevance.Weights.FITTED);
    }

    /// A task with how relevant a constraint is to it.
    ///
    /// @param relevance what recall would go by, in [0, 1]: the probability that it matters, or where
    ///     nothing is known of meanings the share of the trigger that is true of the task
    public record Reached(Task task, double relevance) {}

    /// Those of some tasks that it would be shown for, the most relevant first.
    public List<Reached> among(List<Task> tasks, LearntConstraint proposed) {
        Optional<Embedder> by = embedder.get();
        Optional<Embedding> meaning = by.map(one -> ConstraintMeaning.of(proposed, one));
        return tasks.stream().distinct()
                .flatMap(task -> by
                        .map(one -> byMeaning(task, proposed, meaning.orElseThrow(), one))
                        .orElseGet(() -> byWords(task, proposed)).stream())
                .sorted(Comparator.comparingDouble(Reached::relevance).reversed()).toList();
    }

    private static Optional<Reached> byWords(Task task, LearntConstraint proposed) {
        var fit = new TriggerFit(task.text());
        return fit.fits(proposed.constraint())
                ? Optional.of(new Reached(task, fit.coverage(proposed.constraint().when())))
                : Optional.empty();
    }

    private Optional<Reached> byMeaning(Task task, LearntConstraint proposed, Embedding meaning,
            Embedder by) {
        double probability = probability(task, proposed, meaning, by);
        return probability >= weights.least()
                && new TriggerFit(task.text()).namesThingsOf(proposed.constraint())
                        ? Optional.of(new Reached(task, probability))
                        : Optional.empty();
    }

    private double probability(Task task, LearntConstraint proposed, Embedding meaning,
            Embedder by) {
        Embedding asked = by.embed(task.text());
        return Relevance.unindexed(meaning.cosine(asked), proposed.scope().category(),
                classifier.classify(task, asked)).probability(weights);
    }
}
