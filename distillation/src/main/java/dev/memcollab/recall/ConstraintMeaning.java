package dev.memcollab.recall;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.util.List;
import java.util.stream.Stream;

/// What a constraint means, as one vector: the mean of its trigger, its sentence and its source tasks. A
/// cosine to it is, up to a factor, the mean of the cosines to the three.
public final class ConstraintMeaning {
    /// Source tasks that count; a constraint that was found often is no clearer for the rest.
    private static final int MOST_TASKS = 8;

    private ConstraintMeaning() {}

    public static Embedding of(LearntConstraint learnt, Embedder embedder) {
        List<Embedding> tasks = tasks(learnt).map(embedder::embed).toList();
        return Embedding.mean(List.of(embedder.embed(learnt.constraint().when()),
                embedder.embed(learnt.constraint().sentence()), Embedding.mean(tasks)));
    }

    private static Stream<String> tasks(LearntConstraint learnt) {
        return learnt.sources().stream().map(Source::task).distinct().limit(MOST_TASKS);
    }

    /// Differs where the vector would: id and text go together, so only the tasks can change.
    public static String fingerprint(LearntConstraint learnt) {
        return Integer.toHexString(tasks(learnt).toList().hashCode());
    }
}
