package dev.memcollab.cli;

import dev.memcollab.bench.LatencyBenchmark;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `bench latency`.
@Command(name = "latency", description = {
        "Time recall over MCP, with constraints embedded, in a home of its own. The user's memory is"
                + " not touched."})
final class BenchLatency implements Callable<Integer> {
    private static final int MOST = 1_000_000;

    @ParentCommand
    private Bench bench;
    @Spec
    private CommandSpec spec;
    @Option(names = "--constraints", paramLabel = "N", split = ",", defaultValue = "1000,10000", description = "Sizes of the memory; it takes much longer to embed them than to recall (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();
    @Option(names = "--calls", paramLabel = "N", defaultValue = "1000", description = "Calls that are timed at each size (default: ${DEFAULT-VALUE}).")
    private int calls;
    @Option(names = "--keep", paramLabel = "DIR", description = "The home that the constraints are made in; it stays, and what it has is not made again. Else one that is deleted in the end.")
    private @Nullable Path keep;
    @Mixin
    private final BenchmarkData data = new BenchmarkData();

    @Override
    public Integer call() throws IOException, InterruptedException {
        sizes.forEach(size -> bench.requireInRange(spec, "--constraints", size, MOST));
        bench.requireInRange(spec, "--calls", calls, MOST);
        if (keep != null) {
            measure(Files.createDirectories(keep));
            return 0;
        }
        Path directory = Files.createTempDirectory("memcollab-bench");
        try {
            measure(directory);
        } finally {
            FileTree.delete(directory);
        }
        return 0;
    }

    private void measure(Path directory) throws IOException, InterruptedException {
        try (var embedder = MiniLm.load()) {
            var home = new Home(directory, directory.resolve("models"));
            var benchmark = new LatencyBenchmark(data.directory(), embedder, calls,
                    Output.progress(spec));
            Map<String, Object> facts = Bench.facts("latency --constraints %s --calls %d".formatted(
                    sizes.stream().map(String::valueOf).collect(Collectors.joining(",")), calls));
            facts.putAll(benchmark.measure(home,
                    sizes.stream().sorted().toList()));
            Output.json(spec, facts);
        }
    }
}
