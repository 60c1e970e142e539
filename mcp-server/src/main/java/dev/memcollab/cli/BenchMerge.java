package dev.memcollab.cli;

import dev.memcollab.bench.Checkout;
import dev.memcollab.bench.MergeBenchmark;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.merge.Sameness;
import dev.memcollab.server.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `bench merge`.
@Command(name = "merge", description = {
        "Measure which constraints are taken for the same: some ten seconds a pair that is near."})
final class BenchMerge implements Callable<Integer> {
    @ParentCommand
    private Bench bench;
    @Spec
    private CommandSpec spec;
    @Option(names = "--data", paramLabel = "DIR", description = "What to measure with (default: benchmarks/data of the checkout).")
    private @Nullable Path data;
    @Option(names = "--samples", paramLabel = "FILE", required = true, description = "Keeps what the model said; pairs that it has are not asked about again.")
    private Path samples;
    @Option(names = "--fit", description = "Fit the weights to the half of the data that is for that, and measure with them.")
    private boolean fit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wiring wiring = bench.program().wiring();
        try (var embedder = MiniLm.load();
                var model = wiring.model(wiring.settings().strong())) {
            var benchmark = new MergeBenchmark(bench.data(spec, data), embedder, samples,
                    Output.progress(spec));
            var facts = new LinkedHashMap<String, Object>();
            facts.put("command", "memcollab bench merge" + (fit ? " --fit" : "") + " --samples "
                    + samples.getFileName());
            facts.put("version", Version.text());
            Checkout.commit().ifPresent(commit -> facts.put("commit", commit));
            facts.put("model", model.name());
            facts.putAll(benchmark.measure(
                    fit ? benchmark.fit(model) : Sameness.Weights.FITTED, model));
            Output.json(spec, facts);
        }
        return 0;
    }
}
