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
    private final Understanding understanding;
    private final Clock clock;

    Lab(MemoryStore store, Understanding understanding, Clock clock) {
        this.store = store;
        this.understanding = understanding;
        this.clock = clock;
    }

    public MemoryStore store() {
        return store;
    }

    public TaskClassifier classifier() {
        return understanding.classifier();
    }

    public Clock clock() {
        return clock;
    }

    /// By meaning, unless there is nothing to recall.
    public Recall recall(Relevance.Weights weights) {
        if (store.constraints() > 0) {
            understanding.embedder().await();
        }
        return new Recall(store, classifier(), understanding.embedder(), weights);
    }

    public Distiller distiller(Solver solver, Distiller.Policy policy,
            Consumer<DistillerEvent> watcher) {
        LateEmbedder embedder = understanding.embedder();
        embedder.await();
        return new Distiller(store, store, solver, understanding.reach(),
                new MergeSearch(store, embedder, Sameness.Weights.FITTED), policy, clock, watcher);
    }

    @Override
    public void close() {
        try (LateEmbedder _ = understanding.embedder(); store) {
            // The store first, which uses the embedder.
        }
    }
}
