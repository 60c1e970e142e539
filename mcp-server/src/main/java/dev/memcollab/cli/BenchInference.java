package dev.memcollab.cli;

import dev.memcollab.bench.InferenceChild;
import dev.memcollab.bench.InferenceMeasurement;
import dev.memcollab.bench.InferenceRun;
import dev.memcollab.jlama.InferenceBenchmark.Sizes;
import dev.memcollab.server.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `bench inference`.
@Command(name = "inference", description = {
        "Time how local models read, write and score tokens, each number of threads in a JVM of its"
                + " own, and compare with the peaks of this machine."})
final class BenchInference implements Callable<Integer> {
    @ParentCommand
    private Bench bench;
    @Spec
    private CommandSpec spec;
    @Option(names = "--model", paramLabel = "NAME", description = "An installed model; can be given several times (default: the weak"
            + " and the strong one).")
    private List<String> models = new ArrayList<>();
    @Option(names = "--threads", paramLabel = "N", split = ",", description = "Numbers of threads (default: 1 and a thread for each processor).")
    private List<Integer> threads = new ArrayList<>();
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "How often each phase is timed, once it is warm (default: ${DEFAULT-VALUE}).")
    private int rounds;
    @Option(names = "--prefill", paramLabel = "N", defaultValue = "512", description = "Tokens that are read (default: ${DEFAULT-VALUE}).")
    private int prefill;
    @Option(names = "--decode", paramLabel = "N", defaultValue = "128", description = "Tokens that are written, one by one and again with drafts (default: ${DEFAULT-VALUE}).")
    private int decode;
    @Option(names = "--score", paramLabel = "N", defaultValue = "512", description = "Tokens that are scored (default: ${DEFAULT-VALUE}).")
    private int score;
    @Option(names = "--json", description = "As JSON, with all samples.")
    private boolean json;
    @Option(names = "--serve", hidden = true, description = "Measure in this process, a phase for each line of standard input.")
    private boolean serve;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireOptions();
        var sizes = new Sizes(prefill, decode, score);
        for (String model : models) {
            bench.program().wiring().models().require(model);
        }
        if (serve) {
            serve(sizes);
            return 0;
        }
        var run = new InferenceRun(sizes, rounds, this::child, Output.progress(spec));
        List<InferenceMeasurement> measured = run.measure(models, threads);
        if (json) {
            report(run, measured);
        } else {
            table(measured);
        }
        return 0;
    }

    private void requireOptions() {
        int processors = Runtime.getRuntime().availableProcessors();
        bench.requireInRange(spec, "--rounds", rounds, 1000);
        bench.requireInRange(spec, "--prefill", prefill, Sizes.MOST);
        bench.requireInRange(spec, "--decode", decode, Sizes.MOST);
        bench.requireInRange(spec, "--score", score, Sizes.MOST);
        threads.forEach(count -> bench.requireInRange(spec, "--threads", count, processors));
        if (threads.isEmpty()) {
            threads = Stream.of(1, processors).distinct().toList();
        }
        if (models.isEmpty()) {
            Settings settings = bench.program().wiring().settings();
            models = List.of(settings.weak(), settings.strong());
        }
        if (serve && (models.size() != 1 || threads.size() != 1)) {
            throw new ParameterException(spec.commandLine(),
                    "--serve needs one --model and one of --threads, got %s and %s"
                            .formatted(models, threads));
        }
    }

    private void serve(Sizes sizes) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(bench.program().streams().in(),
                StandardCharsets.UTF_8));
        InferenceChild.serve(
                bench.program().wiring().models().require(models.getFirst()).directory(),
                threads.getFirst(), sizes, in, Output.of(spec));
    }

    private List<String> child(String model, int count) {
        return List.of("--home", bench.program().home().root().toString(), "bench", "inference",
                "--serve", "--model", model, "--threads", String.valueOf(count), "--prefill",
                String.valueOf(prefill), "--decode", String.valueOf(decode), "--score",
                String.valueOf(score));
    }

    private void report(InferenceRun run, List<InferenceMeasurement> measured)
            throws InterruptedException {
        Map<String, Object> facts = Bench.facts("inference%s --threads %s --rounds %d".formatted(
                models.stream().map(" --model "::concat).collect(Collectors.joining()),
                threads.stream().map(String::valueOf).collect(Collectors.joining(",")), rounds)
                + " --prefill %d --decode %d --score %d --json".formatted(prefill, decode, score));
        facts.putAll(run.facts(measured));
        Output.json(spec, facts);
    }

    private void table(List<InferenceMeasurement> measured) {
        PrintWriter out = Output.of(spec);
        out.printf("%-22s %7s %-8s %28s %11s %25s %14s %10s%n", "model", "threads", "phase",
                "tokens/s (least to most)", "tokens/pass", "Gop/s of FMA, 16-bit peak",
                "GB/s of peak", "KB/token");
        measured.forEach(each -> row(out, each));
    }

    private static void row(PrintWriter out, InferenceMeasurement each) {
        var rate = each.tokensPerSecond();
        String rates = String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", rate.median(),
                rate.least(), rate.most());
        String bytes = each.readsAllWeights()
                ? String.format(Locale.ROOT, "%.1f %3.0f %%", each.gigabytes(),
                        100 * each.shareOfBytes())
                : "";
        out.printf(Locale.ROOT, "%-22s %7d %-8s %28s %11.2f %10.1f %5.0f %% %5.0f %% %14s %10.1f%n",
                each.model(), each.threads(), each.phase().name().toLowerCase(Locale.ROOT), rates,
                each.tokensPerPass(), each.gigaops(), 100 * each.shareOfFloats(),
                100 * each.shareOfShorts(), bytes, each.allocatedPerToken() / 1e3);
    }
}
