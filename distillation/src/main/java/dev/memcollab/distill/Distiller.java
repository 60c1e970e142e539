package dev.memcollab.distill;

import dev.memcollab.check.BothModelsCheck;
import dev.memcollab.check.Judges;
import dev.memcollab.check.MarginCheck;
import dev.memcollab.check.ReplayCheck;
import dev.memcollab.check.ReplayCheck.Control;
import dev.memcollab.constraint.AbstractionFilter;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.ContrastPrompts;
import dev.memcollab.contrast.Contraster;
import dev.memcollab.contrast.FailureSigns;
import dev.memcollab.contrast.LocalPair;
import dev.memcollab.contrast.LocalPair.Attempts;
import dev.memcollab.contrast.Pairing;
import dev.memcollab.distill.CandidateSearch.Checked;
import dev.memcollab.language.OrdinaryLanguage;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.Reach.Reached;
import dev.memcollab.solve.Solver;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Learns from one recorded run at a time.
public final class Distiller {
    private static final int CONTROLS = 3;
    private static final int MOST_CONTROLS_READ = 50;

    private final TrajectoryLog log;
    private final ConstraintMemory memory;
    private final Solver solver;
    private final Reach reach;
    private final MergeSearch merging;
    private final Policy policy;
    private final Clock clock;
    private final Consumer<DistillerEvent> watcher;
    private final FailureSigns signs = new FailureSigns();
    private final Pairing pairing = new Pairing(signs);
    private final ContrastPrompts prompts = new ContrastPrompts();
    private final OrdinaryLanguage language = OrdinaryLanguage.english();
    private final AbstractionFilter filter = new AbstractionFilter(language, prompts.examples());

    public Distiller(TrajectoryLog log, ConstraintMemory memory, Solver solver, Reach reach,
            MergeSearch merging, Policy policy, Clock clock, Consumer<DistillerEvent> watcher) {
        this.log = log;
        this.memory = memory;
        this.solver = solver;
        this.reach = reach;
        this.merging = merging;
        this.policy = policy;
        this.clock = clock;
        this.watcher = watcher;
    }

    /// How much it may do with a run.
    ///
    /// @param turns most that a local model takes for a task
    /// @param draws most answers drawn from the strong model at a task that both got wrong
    /// @param alone whether each run is read by itself, which the paper sets contrast against
    /// @param filtered whether candidates must pass the abstraction filter, and not its form alone
    /// @param judges of candidates
    public record Policy(int turns, int draws, RateCap cap, boolean alone,
            boolean filtered, Judges judges) {
        /// For runs that others record: what it costs is bounded, and no single source is trusted.
        public static final Policy BACKGROUND = new Policy(1, 0, RateCap.DAILY, false, true,
                Judges.REPLAY_ELSE_MARGIN);

        private static final int STUDY_DRAWS = 4;

        /// For tasks that a user gives to learn from.
        public static Policy study(int turns) {
            return new Policy(turns, STUDY_DRAWS, RateCap.NONE, false, true,
                    Judges.REPLAY_ELSE_MARGIN);
        }

        public Policy readingAlone() {
            return new Policy(turns, draws, cap, true, filtered, judges);
        }

        public Policy unfiltered() {
            return new Policy(turns, draws, cap, alone, false, judges);
        }

        public Policy judgedBy(Judges others) {
            return new Policy(turns, draws, cap, alone, filtered, others);
        }
    }

    /// Distils a run and says in the log that it is done. Interrupted, it leaves the run pending;
    /// done again, it learns the same constraints under the same ids.
    public Distillation distil(Trajectory run, ModelPair models) throws InterruptedException {
        watcher.accept(new DistillerEvent.Started(run));
        Findings findings = findings(run, models);
        var intake = new Intake(memory, log, policy.cap(), clock);
        for (Contrast contrast : findings.contrasts()) {
            watcher.accept(new DistillerEvent.Contrasted(contrast));
            learnFrom(contrast, run, findings.failed(), models, intake);
        }
        var distillation = new Distillation(run.id(), intake.learnt(),
                reason(run, findings.contrasts(), intake));
        log.distilled(distillation);
        watcher.accept(new DistillerEvent.Finished(run.id(), distillation.reason()));
        return distillation;
    }

    /// What a run can be contrasted with, and which models failed its task by themselves.
    private record Findings(List<Contrast> contrasts, List<ModelRole> failed) {}

    private Findings findings(Trajectory run, ModelPair models) throws InterruptedException {
        if (policy.alone()) {
            return new Findings(List.of(Contrast.alone(run)), List.of());
        }
        var contrasts = new ArrayList<>(pairing.contrasts(run, log.othersOf(run)));
        var failed = new ArrayList<ModelRole>();
        LocalPair local = local(models);
        boolean credible = !signs.contradict(run);
        if (solver.canJudge(run.task())) {
            Attempts attempts = local.attempts(run.task());
            for (LocalAttempt attempt : attempts.logged(run.id())) {
                keep(attempt);
                if (!attempt.passed()) {
                    failed.add(attempt.role());
                }
            }
            LocalPair.contrast(run, attempts, credible && contrasts.isEmpty())
                    .ifPresent(contrasts::add);
        } else if (credible && contrasts.isEmpty() && run.outcome() == Outcome.SUCCESS) {
            contrasts.add(local.against(run));
        }
        return new Findings(contrasts, failed);
    }

    private LocalPair local(ModelPair models) {
        return new LocalPair(models, solver, policy.turns(), policy.draws());
    }

    /// Lets both models solve a task that has a verifier, as it does to contrast them.
    public Attempts attempts(Task task, ModelPair models) throws InterruptedException {
        return local(models).attempts(task);
    }

    /// An answer of somebody else to a task that has a verifier, with what the verifier says of it.
    public Attempt judged(String agent, Task task, String answer)
            throws InterruptedException {
        return solver.judged(agent, task, answer);
    }

    private void keep(LocalAttempt attempt) {
        log.attempted(attempt);
        watcher.accept(
                new DistillerEvent.Solved(attempt.role(), attempt.model(), attempt.passed()));
    }

    private void learnFrom(Contrast contrast, Trajectory run, List<ModelRole> failed,
            ModelPair models, Intake intake) throws InterruptedException {
        var finding = new Finding(new Scope(run.task().project(),
                reach.classifier().classify(run.task()).category()),
                new Source(contrast.kind(), contrast.task().text(), origins(contrast, run),
                        models.weak().name(), models.strong().name()),
                clock.instant());
        var replay = new ReplayCheck(models, solver, run,
                (model, candidate) -> controls(run.task(), model,
                        finding.learnt(candidate, Evidence.NONE)));
        var check = new BothModelsCheck(new MarginCheck(models, contrast), replay, failed,
                policy.judges());
        var search = new CandidateSearch(
                new Contraster(models.strong(), prompts, language, contrast),
                policy.filtered()
                        ? filter::judge
                        : (sentence, _, _) -> AbstractionFilter.form(sentence),
                candidate -> knownWording(candidate, run, models), watcher);
        for (Checked checked : search.search(contrast, check)) {
            intake.offer(contrast, checked.drawn(),
                    finding.learnt(checked.constraint(), checked.evidence()))
                    .ifPresent(learnt -> watcher.accept(new DistillerEvent.Learnt(learnt)));
        }
    }

    /// What all candidates of one contrast have in common.
    private record Finding(Scope scope, Source source, Instant at) {
        LearntConstraint learnt(Constraint constraint, Evidence evidence) {
            return LearntConstraint.of(constraint, scope, source, evidence, at);
        }
    }

    private Optional<Constraint> knownWording(Constraint candidate, Trajectory run,
            ModelPair models) throws InterruptedException {
        return merging.sameAs(candidate, run.task().project(), models.strong(),
                compared -> watcher.accept(new DistillerEvent.Compared(candidate, compared)))
                .map(LearntConstraint::constraint);
    }

    /// The recorded runs without which there would be no constraint: its own, even where only the
    /// local models' attempts at its task were contrasted.
    private static List<String> origins(Contrast contrast, Trajectory run) {
        return Stream.concat(contrast.sources().stream(), Stream.of(run.id())).distinct().toList();
    }

    /// Tasks of other runs that the model passed and the constraint would be shown for, the most relevant
    /// ones: a good line must not break them.
    private List<Control> controls(Task own, LanguageModel model, LearntConstraint proposed) {
        List<Task> others = log
                .passedBy(model.name(), proposed.scope().category(), MOST_CONTROLS_READ).stream()
                .map(Trajectory::task).filter(other -> !other.sameAs(own)).toList();
        double most = reach.among(List.of(own), proposed).stream()
                .mapToDouble(Reached::relevance).findFirst().orElse(0);
        return reach.among(others, proposed).stream().limit(CONTROLS)
                .map(reached -> new Control(reached.task(),
                        reached.relevance() < most ? reached.relevance() : 1))
                .toList();
    }

    private String reason(Trajectory run, List<Contrast> contrasts, Intake intake) {
        String doubt = signs.contradict(run)
                ? "claims %s, and what it saw last says the contrary".formatted(
                        run.outcome().label())
                : "";
        String made = made(run, contrasts, intake);
        return doubt.isEmpty()
                ? made
                : doubt + ": " + (contrasts.isEmpty() ? "not contrasted" : made);
    }

    private static String made(Trajectory run, List<Contrast> contrasts, Intake intake) {
        if (contrasts.isEmpty()) {
            return run.outcome() == Outcome.FAILURE
                    ? "waits for a run of this task that worked"
                    : "nothing to contrast it with";
        }
        String kinds = String.join(", ",
                contrasts.stream().map(contrast -> contrast.kind().label()).distinct().toList());
        int learnt = intake.learnt().size();
        String outcome = learnt == 0 && intake.refused().isEmpty()
                ? "no candidate passed"
                : learnt + " learnt";
        return "%s: %s%s".formatted(kinds, outcome, intake.refused());
    }
}
