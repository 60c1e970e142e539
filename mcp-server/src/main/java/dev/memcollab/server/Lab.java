package dev.memcollab.server;

import dev.memcollab.distill.Distiller;
import dev.memcollab.distill.DistillerEvent;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.merge.Sameness;
import dev.memcollab.recall.Recall;
import dev.memcollab.recall.Relevance;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Solver;
import java.time.Clock;
import java.util.function.Consumer;

/// A memory with all that learning from it and recalling takes, for a command that does so in the
/// foreground.
public final class Lab implements AutoCloseable {
    private final MemoryStore store;
    private final LateEmbedder embedder;
    private final TaskClassifier classifier;
    private final Clock clock;

    Lab(MemoryStore store, Understanding understanding, Clock clock) {
        this.store = store;
        this.embedder = understanding.embedder();
        this.classifier = understanding.classifier();
        this.clock = clock;
    }

    public MemoryStore store() {
        return store;
    }

    public TaskClassifier classifier() {
        return classifier;
    }

    public Clock clock() {
        return clock;
    }

    /// By meaning, unless there is nothing to recall.
    public Recall recall() {
        if (store.constraints() > 0) {
            embedder.await();
        }
        return new Recall(store, classifier, embedder, Relevance.Weights.FITTED);
    }

    public Distiller distiller(Solver solver, Distiller.Policy policy,
            Consumer<DistillerEvent> watcher) {
        embedder.await();
        return new Distiller(store, store, solver, classifier,
                new MergeSearch(store, embedder, Sameness.Weights.FITTED), policy, clock, watcher);
    }

    @Override
    public void close() {
        try (embedder; store) {
            // The store first, which uses the embedder.
        }
    }
}
