package dev.memcollab.cli;

import dev.memcollab.bench.StoreBenchmark;
import dev.memcollab.jlama.gguf.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bench store`.
@Command(name = "store", description = {
        "Fill a store with made-up constraints in a temporary directory, and time opening,"
                + " searching and appending. The user's own memory is not touched."})
final class BenchStore implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Option(names = "--constraints", paramLabel = "N", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int constraints;
    @Option(names = "--operations", paramLabel = "N", defaultValue = "2000", description = "Searches and appends to time (default: ${DEFAULT-VALUE}).")
    private int operations;
    @Option(names = "--openings", paramLabel = "N", defaultValue = "5", description = "JVMs to open it in (default: ${DEFAULT-VALUE}).")
    private int openings;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireAtLeastOne("--constraints", constraints);
        requireAtLeastOne("--operations", operations);
        Path directory = Files.createTempDirectory("memcollab-bench");
        try {
            var benchmark = new StoreBenchmark(constraints, operations, Output.progress(spec));
            Map<String, Object> measured = Bench.facts("store --constraints %d --operations %d"
                    .formatted(constraints, operations) + " --openings " + openings);
            measured.putAll(benchmark.measure(directory, openings));
            Output.json(spec, measured);
        } finally {
            FileTree.delete(directory);
        }
        return 0;
    }

    private static void requireAtLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "%s must be at least 1, got %d".formatted(option, value));
        }
    }
}
