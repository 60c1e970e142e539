package dev.memcollab.bench;

import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Times a store of a size: opening in a JVM of its own, appending, searching.
public final class StoreBenchmark {
    private static final long SEED = 4;
    private static final int THREADS = 8;
    private static final int WARM_UP = 300;

    private final int constraints;
    private final int operations;
    private final Consumer<String> progress;

    /// Prepares a measurement.
    ///
    /// @param operations searches and appends that are timed
    public StoreBenchmark(int constraints, int operations, Consumer<String> progress) {
        this.constraints = constraints;
        this.operations = operations;
        this.progress = progress;
    }

    /// Fills a new store in an empty directory and measures it.
    public Map<String, Object> measure(Path directory, int openings)
            throws IOException, InterruptedException {
        var measured = new LinkedHashMap<String, Object>();
        measured.put("machine", Machine.facts());
        measured.put("constraints", constraints);
        measured.put("seed", SEED);
        measured.put("fill_seconds", fill(directory));
        measured.put("home_bytes", bytes(directory));
        measured.putAll(openings(directory, openings));
        try (var store = MemoryStore.open(directory)) {
            progress.accept("searching and appending");
            measured.put("search", searches(store));
            measured.put("append", appends(store));
            measured.put("append_by_%d_threads".formatted(THREADS), appendsTogether(store));
        }
        return measured;
    }

    /// As the launcher starts the program; where it has an archive of classes, in turn with JVMs
    /// without.
    private Map<String, Object> openings(Path directory, int count)
            throws IOException, InterruptedException {
        progress.accept("opening it in %d JVMs".formatted(count));
        List<String> archive = Opening.archive();
        var usual = new ArrayList<Map<String, Object>>();
        var without = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            usual.add(Opening.inOtherJvm(directory, archive));
            if (!archive.isEmpty()) {
                without.add(Opening.inOtherJvm(directory, List.of()));
            }
        }
        var measured = new LinkedHashMap<String, Object>();
        measured.put("open_to_first_recall", usual);
        measured.put("class_archive", !archive.isEmpty());
        if (!without.isEmpty()) {
            measured.put("open_to_first_recall_without_archive", without);
        }
        return measured;
    }

    private double fill(Path directory) throws InterruptedException {
        long begun = System.nanoTime();
        try (var store = MemoryStore.open(directory)) {
            var made = new MadeUp(SEED);
            BulkLearning.learn(store,
                    IntStream.range(0, constraints).mapToObj(made::constraint).toList(), progress);
            progress.accept("building the index");
            store.search(query(made), 9);
        }
        return seconds(begun);
    }

    private Map<String, Object> searches(MemoryStore store) {
        var made = new MadeUp(SEED + 1);
        for (int i = 0; i < WARM_UP; i++) {
            store.search(query(made), 60);
        }
        var samples = new Samples(operations);
        for (int i = 0; i < operations; i++) {
            Query query = query(made);
            long begun = System.nanoTime();
            store.search(query, 60);
            samples.add(System.nanoTime() - begun);
        }
        return samples.milliseconds();
    }

    private Map<String, Object> appends(MemoryStore store) {
        var made = new MadeUp(SEED + 2);
        var samples = new Samples(operations);
        for (int i = 0; i < operations; i++) {
            var run = made.run(i);
            long begun = System.nanoTime();
            store.append(run);
            samples.add(System.nanoTime() - begun);
        }
        return samples.milliseconds();
    }

    private Map<String, Object> appendsTogether(MemoryStore store) throws InterruptedException {
        var made = new MadeUp(SEED + 3);
        var appending = new ArrayList<Callable<Long>>();
        for (int i = 0; i < operations; i++) {
            var run = made.run(i);
            appending.add(() -> {
                long begun = System.nanoTime();
                store.append(run);
                return System.nanoTime() - begun;
            });
        }
        long begun = System.nanoTime();
        var samples = new Samples(operations);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            BulkLearning.results(threads.invokeAll(appending)).forEach(samples::add);
        }
        Map<String, Object> measured = samples.milliseconds();
        measured.put("per_second", Math.round(operations / seconds(begun)));
        return measured;
    }

    static Query query(MadeUp made) {
        return new Query(made.task(), MadeUp.PROJECT, null);
    }

    private static double seconds(long begunNanos) {
        return Math.round((System.nanoTime() - begunNanos) / 1e7) / 1e2;
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
