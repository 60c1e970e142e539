package dev.memcollab.cli;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A memory of two projects to run commands on.
final class Memories {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Trajectory DIVIDING = run("shop", "Divide the sum by the count.");
    static final Trajectory SORTING = run("shop", "Sort the hyacinths by height.");
    static final Trajectory COUNTING = run("bank", "Count the crocuses.");
    static final LearntConstraint OF_DIVIDING = learnt(DIVIDING,
            "dividing by a number that may be zero");
    static final LearntConstraint OF_SORTING = learnt(SORTING, "hyacinths are put in order");
    static final LearntConstraint OF_BOTH = learnt(DIVIDING, "a list may be empty");
    static final LearntConstraint OF_COUNTING = learnt(COUNTING, "crocuses are counted");

    private Memories() {}

    static void fill(Path home) {
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            List.of(DIVIDING, SORTING, COUNTING).forEach(store::append);
            List.of(OF_DIVIDING, OF_SORTING, OF_BOTH, learnt(SORTING, "a list may be empty"),
                    OF_COUNTING).forEach(store::learn);
        }
    }

    static Trajectory run(String project, String task) {
        return Trajectory.of(Task.of(task, new Project(project)), Outcome.SUCCESS,
                List.of(Step.action("do it")), Trajectory.Report.NONE, NOW);
    }

    static LearntConstraint learnt(Trajectory run, String trigger) {
        return learnt(run, new Constraint(trigger, "a check before the work is begun",
                "catching the error afterwards"));
    }

    static LearntConstraint learnt(Trajectory run, Constraint constraint) {
        return LearntConstraint.of(constraint,
                new Scope(run.task().project(), new TaskCategory("code", "arithmetic")),
                new Source(ContrastKind.RECORDED_PAIR, run.task().text(), List.of(run.id()), "tiny",
                        "small"),
                new Evidence(List.of(new Margin(ModelRole.WEAK, "tiny", 0.5)), List.of()), NOW);
    }
}
