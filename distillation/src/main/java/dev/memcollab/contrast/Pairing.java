package dev.memcollab.contrast;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what a newly recorded run can be contrasted with among recorded runs, itself included.
///
/// One right and one wrong make a contrast; both wrong make none, since nothing then says what to
/// enforce; both right are a contrast of economy where one needed far fewer steps.
public final class Pairing {
    /// A run is economical against one of at least this many times its steps.
    private static final int ECONOMY = 2;
    private static final Comparator<Trajectory> ORDER = Comparator
            .comparing(Trajectory::recordedAt).thenComparing(Trajectory::id);

    private final FailureSigns signs;

    public Pairing(FailureSigns signs) {
        this.signs = signs;
    }

    /// The contrasts of a run with the earlier among the others of its task (oldest first), the
    /// surest first. Later ones are left to their own turn, so that each pair is contrasted once.
    ///
    /// A run whose record contradicts its outcome is no side of any: either may be the lie.
    public List<Contrast> contrasts(Trajectory run, List<Trajectory> others) {
        if (signs.contradict(run)) {
            return List.of();
        }
        List<Trajectory> earlier = others.stream().filter(other -> ORDER.compare(other, run) < 0)
                .filter(other -> !signs.contradict(other)).toList();
        var contrasts = new ArrayList<Contrast>();
        newest(earlier, run.outcome()).map(other -> recordedPair(run, other))
                .ifPresent(contrasts::add);
        revision(run).ifPresent(contrasts::add);
        if (contrasts.isEmpty()) {
            economy(run, earlier).ifPresent(contrasts::add);
        }
        return contrasts;
    }

    private static Optional<Trajectory> newest(List<Trajectory> others, Outcome opposed) {
        return others.reversed().stream().filter(other -> other.outcome().opposes(opposed))
                .findFirst();
    }

    private Contrast recordedPair(Trajectory run, Trajectory other) {
        Trajectory worked = run.outcome() == Outcome.SUCCESS ? run : other;
        Trajectory failed = run.outcome() == Outcome.SUCCESS ? other : run;
        return new Contrast(ContrastKind.RECORDED_PAIR, run.task(), Run.of(worked), Run.of(failed),
                signs.failureOf(failed), Focus.CORRECTNESS);
    }

    /// A run that ended well, in which an attempt failed before: what led to the last failure
    /// against what came after it.
    private Optional<Contrast> revision(Trajectory run) {
        List<Step> steps = run.steps();
        int failure = signs.lastFailure(steps);
        boolean fixed = run.outcome() == Outcome.SUCCESS && failure > 0
                && steps.subList(failure + 1, steps.size()).stream().anyMatch(Pairing::acts);
        if (!fixed || steps.subList(0, failure).stream().noneMatch(Pairing::acts)) {
            return Optional.empty();
        }
        var failed = new Run(run.agent(), steps.subList(0, failure + 1), run.id());
        var worked = new Run(run.agent(), steps.subList(failure + 1, steps.size()), run.id());
        return Optional.of(new Contrast(ContrastKind.REVISION, run.task(), worked, failed,
                steps.get(failure).text(), Focus.CORRECTNESS));
    }

    private static boolean acts(Step step) {
        return step.kind() == Step.Kind.ACTION;
    }

    private static Optional<Contrast> economy(Trajectory run, List<Trajectory> others) {
        return others.reversed().stream()
                .filter(other -> run.outcome() == Outcome.SUCCESS
                        && other.outcome() == Outcome.SUCCESS)
                .filter(other -> shorterTimes(run, other) >= ECONOMY).findFirst()
                .map(other -> economyOf(run, other));
    }

    private static int shorterTimes(Trajectory one, Trajectory other) {
        int fewer = Math.min(one.steps().size(), other.steps().size());
        return Math.max(one.steps().size(), other.steps().size()) / fewer;
    }

    private static Contrast economyOf(Trajectory run, Trajectory other) {
        boolean runIsShorter = run.steps().size() < other.steps().size();
        Trajectory shorter = runIsShorter ? run : other;
        Trajectory longer = runIsShorter ? other : run;
        return new Contrast(ContrastKind.RECORDED_PAIR, run.task(), Run.of(shorter), Run.of(longer),
                "", Focus.ECONOMY);
    }
}
