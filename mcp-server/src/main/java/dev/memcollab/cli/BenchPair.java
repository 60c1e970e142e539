package dev.memcollab.cli;

import dev.memcollab.bench.PairBenchmark;
import dev.memcollab.bench.PairRound;
import dev.memcollab.bench.PairRound.Calls;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.server.Home;
import dev.memcollab.server.Settings;
import dev.memcollab.server.Wiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `bench pair`.
@Command(name = "pair", description = {
        "Time how the two local models distil, filter and check what a bundled pair of runs teaches,"
                + " in a temporary directory. The user's own memory is not touched."})
final class BenchPair implements Callable<Integer> {
    @ParentCommand
    private Bench bench;
    @Spec
    private CommandSpec spec;
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often it is timed, once it is warm (default: ${DEFAULT-VALUE}).")
    private int rounds;
    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();
    @Option(names = "--json", description = "As JSON, with all rounds.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        bench.requireInRange(spec, "--rounds", rounds, 1000);
        bench.requireInRange(spec, "--threads", threads,
                Runtime.getRuntime().availableProcessors());
        Settings settings = bench.program().wiring().settings();
        for (String model : List.of(settings.weak(), settings.strong())) {
            bench.program().wiring().models().require(model);
        }
        var benchmark = new PairBenchmark(rounds, Output.progress(spec));
        Path directory = Files.createTempDirectory("memcollab-bench");
        try {
            report(benchmark.measure(() -> fresh(directory, settings)));
        } finally {
            FileTree.delete(directory);
        }
        return 0;
    }

    /// An empty home; the tests that it lets run are those of the bundled pair.
    private Wiring fresh(Path directory, Settings settings) throws IOException {
        var home = new Home(Files.createTempDirectory(directory, "round-"),
                bench.program().home().models());
        Files.writeString(home.settings(), """
                weak = "%s"
                strong = "%s"
                allow_code = true
                threads = %d
                """.formatted(settings.weak(), settings.strong(), threads));
        return new Wiring(home);
    }

    private void report(List<PairRound> measured) throws InterruptedException {
        if (!json) {
            measured.forEach(this::table);
            return;
        }
        Map<String, Object> facts = Bench
                .facts("pair --rounds %d --threads %d --json".formatted(rounds, threads));
        facts.putAll(PairBenchmark.facts(measured));
        Output.json(spec, facts);
    }

    private void table(PairRound round) {
        PrintWriter out = Output.of(spec);
        out.printf(Locale.ROOT, "%.1f s, the first candidate checked after %.1f s%n",
                round.seconds(), round.firstChecked());
        out.printf("%-6s %-8s %-42s %5s %7s %7s %7s %7s%n", "model", "call", "asked", "count",
                "known", "read", "tokens", "seconds");
        for (Calls each : round.summary()) {
            out.printf(Locale.ROOT, "%-6s %-8s %-42s %5d %7d %7d %7d %7.1f%n",
                    each.role().name().toLowerCase(Locale.ROOT), each.kind(), each.asked(),
                    each.count(), each.counts().known(), each.counts().read(), each.tokens(),
                    each.seconds());
        }
        round.told().forEach(line -> out.println("  " + line));
    }
}
