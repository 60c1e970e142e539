package dev.memcollab.cli;

import dev.memcollab.bench.RecallRun;
import dev.memcollab.bench.RecallRun.Fit;
import dev.memcollab.jlama.gguf.FileTree;
import dev.memcollab.memory.embedding.MiniLm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bench recall`.
@Command(name = "recall", description = {
        "Measure how tasks are classified, and whether recall finds what matters to them and is"
                + " silent where nothing does, in a temporary directory. The user's own memory is"
                + " not touched."})
final class BenchRecall implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private final BenchmarkData data = new BenchmarkData();
    @Option(names = "--tasks", paramLabel = "FILE", description = "Tasks of GSM8K or MBPP, JSON lines with \"benchmark\" and \"task\", that are classified and recalled for as well; can be given several times.")
    private List<Path> tasks = new ArrayList<>();
    @Option(names = "--fit", description = "Fit the weights to the half of the data that is for that, and measure with them.")
    private boolean fit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("memcollab-bench");
        try (var embedder = MiniLm.load()) {
            var run = new RecallRun(data.directory(), directory, embedder,
                    Output.progress(spec));
            Map<String, Object> facts = Bench.facts("recall" + (fit ? " --fit" : "")
                    + tasks.stream().map(file -> " --tasks " + file.getFileName())
                            .collect(Collectors.joining()));
            facts.putAll(run.measure(fit ? run.fit() : Fit.SHIPPED, tasks));
            Output.json(spec, facts);
        } finally {
            FileTree.delete(directory);
        }
        return 0;
    }
}
