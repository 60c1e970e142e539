package dev.memcollab.cli;

import dev.memcollab.bench.MergeBenchmark;
import dev.memcollab.memory.embedding.MiniLm;
import dev.memcollab.merge.Sameness;
import dev.memcollab.server.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Mixin
    private final BenchmarkData data = new BenchmarkData();
    @Option(names = "--samples", paramLabel = "FILE", required = true, description = "Keeps what the model said; pairs that it has are not asked about again.")
    private Path samples;
    @Option(names = "--fit", description = "Fit the weights to the half of the data that is for that, and measure with them.")
    private boolean fit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wiring wiring = bench.program().wiring();
        try (var embedder = MiniLm.load();
                var model = wiring.model(wiring.settings().strong())) {
            var benchmark = new MergeBenchmark(data.directory(), embedder, samples,
                    Output.progress(spec));
            Map<String, Object> facts = Bench.facts("merge" + (fit ? " --fit" : "") + " --samples "
                    + samples.getFileName());
            facts.put("model", model.name());
            facts.putAll(benchmark.measure(
                    fit ? benchmark.fit(model) : Sameness.Weights.FITTED, model));
            Output.json(spec, facts);
        }
        return 0;
    }
}
