package dev.memcollab.contrast;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.Sampled;
import dev.memcollab.solve.Adviser;
import dev.memcollab.solve.Solver;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The local models at the task of a recorded run.
///
/// Algorithm 1 of arXiv 2603.23234 prefers the strong run whenever the weak one failed, even when
/// both did. Here the four cells are told apart: one right and one wrong is a contrast; both wrong
/// is one only where the recorded run worked, or the strong one is right in one of some drawn answers;
/// both right is one where it failed, or where one of them took more turns, and then for economy alone.
public final class LocalPair {
    private final ModelPair models;
    private final Solver solver;
    private final int turns;
    private final int draws;

    /// @param turns most that a model takes for a task, see [Solver]
    /// @param draws most answers that are drawn from the strong model where both were wrong
    public LocalPair(ModelPair models, Solver solver, int turns, int draws) {
        this.models = models;
        this.solver = solver;
        this.turns = turns;
        this.draws = draws;
    }

    /// What weak and strong did.
    ///
    /// @param drawn by the strong one, and right, where both were wrong; null where there is none
    public record Attempts(Attempt weak, Attempt strong, @Nullable Attempt drawn) {
        public Attempts(Attempt weak, Attempt strong) {
            this(weak, strong, null);
        }

        public Attempt of(ModelRole role) {
            return switch (role) {
                case WEAK -> weak;
                case STRONG -> strong;
            };
        }

        /// The attempts as the log keeps them: passed is what passed at the first turn, since that is how a line
        /// is tried that must not break it.
        public List<LocalAttempt> logged(String trajectoryId) {
            return List.of(logged(trajectoryId, ModelRole.WEAK, weak),
                    logged(trajectoryId, ModelRole.STRONG, strong));
        }

        private static LocalAttempt logged(String trajectoryId, ModelRole role, Attempt attempt) {
            return new LocalAttempt(trajectoryId, role, attempt.model(),
                    attempt.turns().getFirst().verification().passed());
        }
    }

    /// Lets both solve the task, which must have a verifier.
    public Attempts attempts(Task task) throws InterruptedException {
        Attempt weak = solver.solve(models.weak(), task, Adviser.NONE, turns);
        Attempt strong = solver.solve(models.strong(), task, Adviser.NONE, turns);
        return new Attempts(weak, strong,
                weak.passed() || strong.passed() ? null : drawn(task));
    }

    private @Nullable Attempt drawn(Task task) throws InterruptedException {
        for (int seed = 1; seed <= draws; seed++) {
            Attempt attempt = solver.solve(new Sampled(models.strong(), seed), task, Adviser.NONE,
                    1);
            if (attempt.passed()) {
                return attempt;
            }
        }
        return null;
    }

    /// The contrast in the attempts.
    ///
    /// @param withRecorded whether the recorded run may be the other side where the two agree
    public static Optional<Contrast> contrast(Trajectory recorded, Attempts attempts,
            boolean withRecorded) {
        Attempt weak = attempts.weak();
        Attempt strong = attempts.strong();
        if (weak.passed() != strong.passed()) {
            Attempt right = weak.passed() ? weak : strong;
            Attempt wrong = weak.passed() ? strong : weak;
            return Optional.of(of(recorded, right.run(), wrong.run(),
                    wrong.verification().message()));
        }
        if (weak.passed() && weak.turns().size() != strong.turns().size()) {
            return Optional.of(economy(recorded, attempts));
        }
        if (attempts.drawn() != null) {
            return Optional.of(of(recorded, attempts.drawn().run(), weak.run(),
                    weak.verification().message()));
        }
        return withRecorded ? withRecorded(recorded, attempts) : Optional.empty();
    }

    private static Contrast economy(Trajectory recorded, Attempts attempts) {
        boolean weakIsShorter = attempts.weak().turns().size() < attempts.strong().turns().size();
        Attempt shorter = weakIsShorter ? attempts.weak() : attempts.strong();
        Attempt longer = weakIsShorter ? attempts.strong() : attempts.weak();
        return new Contrast(ContrastKind.LOCAL_PAIR, recorded.task(), shorter.run(), longer.run(),
                "", Focus.ECONOMY);
    }

    private static Optional<Contrast> withRecorded(Trajectory recorded, Attempts attempts) {
        Attempt weak = attempts.weak();
        Attempt strong = attempts.strong();
        var run = Run.of(recorded);
        if (!weak.passed() && recorded.outcome() == Outcome.SUCCESS) {
            return Optional.of(of(recorded, run, strong.run(), strong.verification().message()));
        }
        if (weak.passed() && recorded.outcome() == Outcome.FAILURE) {
            return Optional.of(of(recorded, strong.run(), run, recorded.seenLast()));
        }
        return Optional.empty();
    }

    private static Contrast of(Trajectory recorded, Run right, Run wrong, String failure) {
        return new Contrast(ContrastKind.LOCAL_PAIR, recorded.task(), right, wrong, failure,
                Focus.CORRECTNESS);
    }

    /// A run that worked against the plans of both models: what neither would have done by itself.
    public Contrast against(Trajectory worked) throws InterruptedException {
        Step weak = solver.plan(models.weak(), worked.task());
        Step strong = solver.plan(models.strong(), worked.task());
        var plans = new Run(models.weak().name() + ", " + models.strong().name(),
                List.of(weak, strong), null);
        return new Contrast(ContrastKind.RECORDED_AGAINST_LOCAL, worked.task(),
                Run.of(worked), plans, "", Focus.FORESIGHT);
    }
}
