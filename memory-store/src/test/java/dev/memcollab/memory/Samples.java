package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Query;
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
import java.io.IOException;
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

    /// A run of another task in another project.
    static Trajectory run(Project project, String task, String action) {
        return Trajectory.of(Task.of(task, project), Outcome.SUCCESS,
                List.of(Step.action(action)), Trajectory.Report.NONE, NOW);
    }

    /// What was learnt from these runs alone.
    static LearntConstraint learntFrom(Trajectory run, String trigger) {
        var source = new Source(ContrastKind.RECORDED_PAIR, run.task().text(), List.of(run.id()),
                "tiny", "small");
        return LearntConstraint.of(
                new Constraint(trigger, "a check beforehand", "hoping for the best"),
                new Scope(run.task().project(), ITERATION), source, Evidence.NONE, NOW);
    }

    static List<LearntConstraint> found(MemoryStore store, String text) {
        return store.search(new Query(text, PROJECT, null), 9).stream()
                .flatMap(match -> store.constraint(match.id()).stream()).toList();
    }

    /// Where under a directory a text stands in any file, byte by byte.
    static List<Path> filesWith(Path directory, String text) throws IOException {
        return RawBytes.in(directory).filesWith(text);
    }

    static Path journal(Path memoryDirectory) {
        return memoryDirectory.resolve("journal").resolve("000001.jsonl");
    }
}
