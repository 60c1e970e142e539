package dev.memcollab.cli;

import dev.memcollab.server.ConstraintView;
import dev.memcollab.server.mcp.ToolCalls;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `show ID`: a constraint with its evidence, or a recorded run.
@Command(name = "show", description = "Show a constraint with its evidence, or a recorded run.")
final class Show implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "ID", description = "Such as c-1a2b3c4d5e6f or t-1a2b3c4d5e6f7a8b.")
    private String id;
    @Option(names = "--json", description = "A constraint as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return id.startsWith("t-") ? showRun() : showConstraint();
    }

    private int showConstraint() {
        try (var memory = program.wiring().restingMemory()) {
            ConstraintView view = memory.constraint(id).orElseThrow(this::unknown);
            if (json) {
                Output.json(spec, ToolCalls.structured(view));
                return 0;
            }
            PrintWriter out = Output.of(spec);
            out.println(view.statement().text());
            out.printf("%s, %s / %s, support %d%n", view.origin(), view.topic().category(),
                    view.topic().subcategory(), view.support());
            view.evidence().forEach(one -> out.printf("  %-7s %s: %s%n", one.kind(), one.source(),
                    one.detail()));
            return 0;
        }
    }

    private int showRun() {
        try (var store = program.wiring().store()) {
            Trajectory run = store.trajectory(id).orElseThrow(this::unknown);
            PrintWriter out = Output.of(spec);
            out.printf("%s, %s, by %s at %s, project %s%n", run.id(), run.outcome().label(),
                    run.agent().isEmpty() ? "unknown" : run.agent(), run.recordedAt(),
                    run.task().project().name());
            out.println("task: " + run.task().text());
            for (Step step : run.steps()) {
                out.println(step.kind().label() + ": " + step.text());
            }
            Optional.of(run.feedback()).filter(said -> !said.isEmpty())
                    .ifPresent(said -> out.println("feedback: " + said));
            out.println(store.distillation(id).map(made -> "distilled: " + made.reason())
                    .orElse("waits to be distilled"));
            return 0;
        }
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException(
                "ID must name something in memory, got \"%s\"".formatted(id));
    }
}
