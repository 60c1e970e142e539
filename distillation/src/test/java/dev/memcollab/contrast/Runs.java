package dev.memcollab.contrast;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recorded runs for tests.
public final class Runs {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private Runs() {}

    public static Trajectory run(int second, Outcome outcome, Step... steps) {
        return run(task(null), second, outcome, steps);
    }

    public static Trajectory run(Task task, int second, Outcome outcome, Step... steps) {
        return Trajectory.of(task, outcome, List.of(steps), Trajectory.Report.NONE,
                START.plusSeconds(second));
    }

    public static Task task(@Nullable Verifier verifier) {
        return task("drop the expired baskets from the dict", verifier);
    }

    public static Task task(String text, @Nullable Verifier verifier) {
        return new Task(text, null, new Project("shop"), new TaskCategory("code", "collections"),
                verifier);
    }
}
