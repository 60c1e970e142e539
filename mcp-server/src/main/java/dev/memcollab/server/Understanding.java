package dev.memcollab.server;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.embedding.KeptEmbeddings;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.Relevance;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.trajectory.TrajectoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/// How tasks are understood: what they mean, as soon as that can be told, and where they belong.
record Understanding(LateEmbedder embedder, TaskClassifier classifier) {
    /// Tasks with a told category that are learnt from at a start; each must be embedded.
    private static final int MOST_TOLD = 500;
    /// About a second.
    private static final int EXEMPLARS_A_STEP = 200;
    /// Some seconds.
    private static final int CONSTRAINTS_WORTH_A_WORD = 1_000;

    /// For which tasks recall shows what.
    Reach reach() {
        return new Reach(classifier, embedder, Relevance.Weights.FITTED);
    }

    /// Makes the classifier know meanings, and the categories that callers told of late, as soon as
    /// there is an embedder.
    ///
    /// @param kept keeps the embeddings of what the user adds to the taxonomy
    /// @param progress is told what takes long
    void learnWhenLoaded(KeptEmbeddings kept, TrajectoryLog log, Consumer<String> progress) {
        embedder.whenLoaded(loaded -> learn(loaded, kept, log, progress));
    }

    /// Waits until all constraints of a memory, if there are any, can be compared by meaning.
    ///
    /// @param progress is told what takes long
    void awaitMeanings(MemoryStore store, Consumer<String> progress) {
        if (store.constraints() > 0) {
            embedder.await();
            store.embedAll(left -> {
                if (left > CONSTRAINTS_WORTH_A_WORD) {
                    progress.accept(
                            "finding out what constraints mean: %d to go".formatted(left));
                }
            });
        }
    }

    private void learn(Embedder loaded, KeptEmbeddings kept, TrajectoryLog log,
            Consumer<String> progress) {
        var known = new HashMap<>(ShippedExemplars.of(loaded));
        List<String> others = classifier.exemplars().stream()
                .filter(exemplar -> !known.containsKey(exemplar)).toList();
        known.putAll(kept.byText(others, loaded, made -> {
            embedder.requireOpen();
            if (made % EXEMPLARS_A_STEP == 0) {
                progress.accept("learning the examples of categories, once for this home:"
                        + " %d of %d".formatted(made, others.size()));
            }
        }));
        classifier.learn(log.told(MOST_TOLD), text -> known.computeIfAbsent(text, unknown -> {
            embedder.requireOpen();
            return loaded.embed(unknown);
        }));
    }
}
