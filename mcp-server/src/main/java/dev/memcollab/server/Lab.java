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
    private final Consumer<String> progress;

    Lab(MemoryStore store, Understanding understanding, Clock clock, Consumer<String> progress) {
        this.store = store;
        this.understanding = understanding;
        this.clock = clock;
        this.progress = progress;
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

    /// By the meaning of all that there is, from the first answer on.
    public Recall recall(Relevance.Weights weights) {
        understanding.awaitMeanings(store, progress);
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
