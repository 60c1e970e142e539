package dev.memcollab.bench;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Fills a store: learning is written and forced one by one within a thread; some threads share each
/// force.
final class BulkLearning {
    private static final int THREADS = 8;
    private static final int A_STEP = 10_000;

    private BulkLearning() {}

    static void learn(MemoryStore store, List<LearntConstraint> constraints,
            Consumer<String> progress) throws InterruptedException {
        var learning = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < constraints.size(); i++) {
            LearntConstraint constraint = constraints.get(i);
            int number = i;
            learning.add(() -> {
                store.learn(constraint);
                if (number % A_STEP == 0) {
                    progress.accept("learnt %d of %d".formatted(number, constraints.size()));
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            results(threads.invokeAll(learning));
        }
    }

    /// What came of what some threads did.
    static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        var results = new ArrayList<T>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }
}
