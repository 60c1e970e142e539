package dev.memcollab.cli;

import dev.memcollab.experiment.BenchmarkTask;
import dev.memcollab.experiment.KeptGenerations;
import dev.memcollab.experiment.Learning;
import dev.memcollab.experiment.Learning.Lesson;
import dev.memcollab.experiment.Lessons;
import dev.memcollab.experiment.Method;
import dev.memcollab.memory.DistillerLock;
import dev.memcollab.model.ModelPair;
import dev.memcollab.server.Home;
import dev.memcollab.server.Lab;
import dev.memcollab.server.Narration;
import dev.memcollab.server.Wiring;
import dev.memcollab.solve.Solver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `learn TASKS.jsonl`.
@Command(name = "learn", description = {
        "Let both local models solve tasks that have a verifier, and learn from where they differ.",
        "Interrupted, it goes on where it was when it is called again."})
final class Learn implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Mixin
    private final Tasks tasks = new Tasks();
    @Option(names = "--turns", paramLabel = "N", defaultValue = "3", description = "Most turns for a task, each told what the verifier said of the one before (default: ${DEFAULT-VALUE}).")
    private int turns;
    @Option(names = "--method", paramLabel = "M", defaultValue = "memcollab", description = "How: memcollab, or what it is compared with, each into a memory beside yours: unchecked, margin-only, replay-and-margin, unfiltered, weak-runs, strong-runs, weak-samples, strong-samples (default: ${DEFAULT-VALUE}).")
    private String method = "";
    @Option(names = "--json", description = "As JSON, with what came of each task.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Tasks.requireTurns(spec, turns);
        List<BenchmarkTask> all = tasks.read(program);
        Wiring wiring = program.wiring();
        Home home = program.home();
        Method how = Method.parse(method);
        Path memory = Tasks.memory(home, how);
        try (var _ = DistillerLock.tryAcquire(memory)
                .orElseThrow(() -> new IllegalStateException(
                        "a server of this home distils: close it, or give another home"));
                var models = Readers.open(wiring,
                        new KeptGenerations(tasks.generations(program)));
                var lab = wiring.lab(memory, Output.progress(spec))) {
            report(lessons(all, wiring, lab, how, how.solvers(models.weak(), models.strong())),
                    models);
        }
        return 0;
    }

    private List<Lesson> lessons(List<BenchmarkTask> all, Wiring wiring, Lab lab, Method how,
            ModelPair models)
            throws InterruptedException {
        Solver solver = wiring.solver(tasks.allowsCode(program));
        Consumer<String> progress = Output.progress(spec);
        var distiller = lab.distiller(solver, how.policy(turns),
                event -> progress.accept("  " + Narration.of(event)));
        return new Learning(lab.store(), lab.clock(), models, distiller, progress).learn(all);
    }

    private void report(List<Lesson> lessons, Readers models) throws InterruptedException {
        if (json) {
            Map<String, Object> facts = models
                    .facts("learn --method %s --turns %d --json".formatted(method, turns));
            facts.put("cells", Lessons.cells(lessons));
            facts.put("lessons", lessons);
            Output.json(spec, facts);
        } else {
            Output.of(spec).print(Lessons.table(lessons));
        }
    }
}
