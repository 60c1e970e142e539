package dev.memcollab.experiment;

import dev.memcollab.contrast.LocalPair.Attempts;
import dev.memcollab.distill.Distiller;
import dev.memcollab.model.ModelPair;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Trajectory.Report;
import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Algorithm 1 of arXiv 2603.23234: both local models solve each task, and what separates the run that
/// worked from the one that did not is distilled into memory.
///
/// The strong model's run is recorded like any other, so that all that is learnt can be traced to it
/// and forgotten with it; where no answer of theirs is right and the task comes with a solution, that is
/// recorded in its place, as a user's agent would record its run. A task whose run has been distilled is
/// not learnt from again.
public final class Learning {
    private final TrajectoryLog log;
    private final Clock clock;
    private final ModelPair models;
    private final Distiller distiller;
    private final Consumer<String> progress;

    /// @param distiller on the same log
    public Learning(TrajectoryLog log, Clock clock, ModelPair models, Distiller distiller,
            Consumer<String> progress) {
        this.log = log;
        this.clock = clock;
        this.models = models;
        this.distiller = distiller;
        this.progress = progress;
    }

    /// What came of a task.
    ///
    /// @param learnt ids of constraints
    /// @param reason why there are none, or what was contrasted
    /// @param seconds since it was begun; little where it was learnt from before
    public record Lesson(String task, String benchmark, Cell cell, int weakTurns, int strongTurns,
            List<String> learnt, String reason, double seconds) {}

    /// Learns from the tasks in their order.
    public List<Lesson> learn(List<BenchmarkTask> tasks) throws InterruptedException {
        var lessons = new ArrayList<Lesson>();
        var pace = new Pace(tasks.size());
        for (BenchmarkTask task : tasks) {
            Lesson lesson = learn(task);
            lessons.add(lesson);
            pace.done(lesson.seconds());
            progress.accept("%s: %s: %s passed, %s".formatted(pace, task.id(),
                    lesson.cell().label(), lesson.reason()));
        }
        return lessons;
    }

    private Lesson learn(BenchmarkTask task) throws InterruptedException {
        long begun = System.nanoTime();
        Attempts attempts = distiller.attempts(task.task(), models);
        Distillation made = distilled(run(task, recorded(task, attempts)));
        return new Lesson(task.id(), task.benchmark(), Cell.of(attempts),
                attempts.weak().turns().size(), attempts.strong().turns().size(), made.learnt(),
                made.reason(), (System.nanoTime() - begun) / 1e9);
    }

    private Attempt recorded(BenchmarkTask task, Attempts attempts)
            throws InterruptedException {
        if (task.solution() == null || Cell.of(attempts) != Cell.NEITHER) {
            return attempts.strong();
        }
        Attempt solution = distiller.judged("solution", task.task(), task.solution());
        if (!solution.passed()) {
            progress.accept("  %s: its solution does not pass: %s".formatted(task.id(),
                    solution.verification().message()));
            return attempts.strong();
        }
        return solution;
    }

    private Trajectory run(BenchmarkTask task, Attempt attempt) {
        return Trajectory.of(task.task(), attempt.passed() ? Outcome.SUCCESS : Outcome.FAILURE,
                attempt.run().steps(), new Report(attempt.model(), "", List.of()),
                clock.instant());
    }

    private Distillation distilled(Trajectory run) throws InterruptedException {
        log.append(run);
        Optional<Distillation> before = log.distillation(run.id());
        if (before.isPresent()) {
            return before.get();
        }
        log.tried(Trial.begun(run.id()));
        return distiller.distil(run, models);
    }
}
