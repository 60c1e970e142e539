package dev.memcollab.cli;

import dev.memcollab.bench.Checkout;
import dev.memcollab.bench.LatencyBenchmark;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `bench latency`.
@Command(name = "latency", description = {
        "Time recall over MCP, with constraints embedded, in a temporary home. The user's own memory"
                + " is not touched."})
final class BenchLatency implements Callable<Integer> {
    private static final int MOST = 1_000_000;

    @ParentCommand
    private Bench bench;
    @Spec
    private CommandSpec spec;
    @Option(names = "--constraints", paramLabel = "N", split = ",", defaultValue = "1000,10000", description = "Sizes of the memory; 100000 takes an hour to fill (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();
    @Option(names = "--calls", paramLabel = "N", defaultValue = "1000", description = "Calls that are timed at each size (default: ${DEFAULT-VALUE}).")
    private int calls;
    @Option(names = "--data", paramLabel = "DIR", description = "What to measure with (default: benchmarks/data of the checkout).")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        sizes.forEach(size -> bench.requireInRange(spec, "--constraints", size, MOST));
        bench.requireInRange(spec, "--calls", calls, MOST);
        Path directory = Files.createTempDirectory("memcollab-bench");
        try (var embedder = MiniLm.load()) {
            var home = new Home(directory.resolve("home"), directory.resolve("models"));
            var benchmark = new LatencyBenchmark(bench.data(spec, data), embedder, calls,
                    Output.progress(spec));
            var facts = new LinkedHashMap<String, Object>();
            facts.put("command", "memcollab bench latency --constraints %s --calls %d".formatted(
                    sizes.stream().map(String::valueOf).collect(Collectors.joining(",")), calls));
            facts.put("version", Version.text());
            Checkout.commit().ifPresent(commit -> facts.put("commit", commit));
            facts.putAll(benchmark.measure(home,
                    sizes.stream().sorted().toList()));
            Output.json(spec, facts);
        } finally {
            FileTree.delete(directory);
        }
        return 0;
    }
}
