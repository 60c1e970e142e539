package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What constraints mean, as one vector each: the mean of its trigger, its sentence and its source
/// tasks. A cosine to it is, up to a factor, the mean of the cosines to the three.
///
/// An embedder has a field of its own in the index, so that vectors of two are never compared.
final class Meanings {
    /// Source tasks that count; a constraint that was found often is no clearer for the rest.
    private static final int MOST_TASKS = 8;

    private final Supplier<Optional<Embedder>> embedder;

    /// @param embedder the one there is at the time; none while it is being loaded
    Meanings(Supplier<Optional<Embedder>> embedder) {
        this.embedder = embedder;
    }

    /// No embedder, never.
    static Meanings none() {
        return new Meanings(Optional::empty);
    }

    Optional<Embedder> embedder() {
        return embedder.get();
    }

    static String field(Embedder embedder) {
        return "meaning " + embedder.name();
    }

    static Embedding of(LearntConstraint learnt, Embedder embedder) {
        List<Embedding> tasks = tasks(learnt).map(embedder::embed).toList();
        return Embedding.mean(List.of(embedder.embed(learnt.constraint().when()),
                embedder.embed(learnt.constraint().sentence()), Embedding.mean(tasks)));
    }

    private static Stream<String> tasks(LearntConstraint learnt) {
        return learnt.sources().stream().map(Source::task).distinct().limit(MOST_TASKS);
    }

    /// Differs where the vector would: id and text go together, so only the tasks can change.
    static String fingerprint(LearntConstraint learnt) {
        return Integer.toHexString(tasks(learnt).toList().hashCode());
    }
}
