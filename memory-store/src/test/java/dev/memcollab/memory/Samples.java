package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Runs and constraints to test with.
final class Samples {
    static final Project PROJECT = new Project("shop");
    static final TaskCategory ITERATION = new TaskCategory("code", "iteration");
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private Samples() {}

    static Trajectory run(String action) {
        return Trajectory.of(Task.of("sort the list", PROJECT), Outcome.SUCCESS,
                List.of(Step.action(action)), Trajectory.Report.NONE, NOW);
    }

    static LearntConstraint learnt(String trigger, String task) {
        return learnt(new Constraint(trigger, "a check beforehand", "hoping for the best"), task);
    }

    static LearntConstraint learnt(Constraint constraint, String task) {
        var source = new Source(ContrastKind.RECORDED_PAIR, task, List.of("t-1", "t-2"), "tiny",
                "small");
        return LearntConstraint.of(constraint, new Scope(PROJECT, ITERATION), source,
                Evidence.NONE, NOW);
    }

    static Path journal(Path memoryDirectory) {
        return memoryDirectory.resolve("journal").resolve("000001.jsonl");
    }
}
