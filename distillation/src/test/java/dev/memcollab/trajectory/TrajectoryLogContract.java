package dev.memcollab.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Failures;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [TrajectoryLog] does.
public abstract class TrajectoryLogContract {
    private static final Project PROJECT = new Project("shop");
    private static final TaskCategory ITERATION = new TaskCategory("code", "iteration");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    /// The log under test: empty at first, the same one each time within a test.
    protected abstract TrajectoryLog log();

    @Test
    void whatWasAppendedIsFoundByItsId() {
        Trajectory run = full();

        assertThat(log().append(run)).isTrue();

        assertThat(log().trajectory(run.id())).contains(run);
        assertThat(log().trajectories()).isEqualTo(1);
    }

    @Test
    void whatWasNeverAppendedIsNotFound() {
        assertThat(log().trajectory("t-0000")).isEmpty();
        assertThat(log().distillation("t-0000")).isEmpty();
        assertThat(log().trajectories()).isZero();
        assertThat(log().pending()).isEmpty();
    }

    @Test
    void theSameRunTwiceIsOneRecord() {
        Trajectory run = run("sort the list", "bubble");

        assertThat(log().append(run)).isTrue();
        assertThat(log().append(run)).isFalse();

        assertThat(log().trajectories()).isEqualTo(1);
        assertThat(log().pending()).containsExactly(run);
    }

    @Test
    void othersOfARunShareItsWordsOldestFirst() {
        Trajectory first = run("Sort the list.", "bubble");
        Trajectory second = run("sort  the LIST", "merge");
        Trajectory third = run("sort the list", "heap");
        append(first, run("reverse the list", "loop"), second, third);

        assertThat(log().othersOf(second)).containsExactly(first, third);
    }

    @Test
    void othersOfARunShareItsGivenId() {
        Trajectory first = run(new Task("Sort", "T-1", PROJECT, null, null), "bubble");
        Trajectory second = run(new Task("Order", "T-1", PROJECT, null, null), "merge");
        append(first, second, run(new Task("Rank", "T-2", PROJECT, null, null), "heap"));

        assertThat(log().othersOf(first)).containsExactly(second);
    }

    @Test
    void othersOfARunNeverComeFromAnotherProject() {
        Trajectory run = run("sort the list", "bubble");
        append(run, run(Task.of("sort the list", new Project("bank")), "merge"));

        assertThat(log().othersOf(run)).isEmpty();
    }

    @Test
    void othersAreFoundForARunThatIsNotThereYet() {
        Trajectory first = run("sort the list", "bubble");
        append(first);

        assertThat(log().othersOf(run("sort the list", "merge"))).containsExactly(first);
    }

    @Test
    void pendingRunsComeOldestFirstUntilTheyAreDistilled() {
        Trajectory first = run("sort the list", "bubble");
        Trajectory second = run("sort the list", "merge");
        append(first, second);
        assertThat(log().pending()).containsExactly(first, second);

        var distillation = new Distillation(first.id(), List.of("c-1", "c-2"), "learnt two");
        log().distilled(distillation);

        assertThat(log().pending()).containsExactly(second);
        assertThat(log().distillation(first.id())).contains(distillation);
        assertThat(log().distillation(second.id())).isEmpty();
    }

    @Test
    void theNewestPendingRunIsTheNext() {
        Trajectory first = run("sort the list", "bubble");
        Trajectory second = run("sort the list", "merge");
        append(first, second);

        assertThat(log().nextPending()).contains(second);
        log().distilled(new Distillation(second.id(), List.of(), "none"));
        assertThat(log().nextPending()).contains(first);
        log().distilled(new Distillation(first.id(), List.of(), "none"));
        assertThat(log().nextPending()).isEmpty();
    }

    @Test
    void aTrialThatBeganAndNeverEndedIsAFailure() {
        Trajectory run = run("sort the list", "bubble");
        append(run);
        assertThat(log().failures(run.id())).isEqualTo(Failures.NONE);

        log().tried(Trial.begun(run.id()));

        assertThat(log().failures(run.id())).isEqualTo(new Failures(1, "its process died"));
    }

    @Test
    void aTrialThatFailedIsOneFailureAndOneThatWasPutOffIsNone() {
        Trajectory run = run("sort the list", "bubble");
        append(run);

        log().tried(Trial.begun(run.id()));
        log().tried(Trial.failed(run.id(), "too long"));
        log().tried(Trial.begun(run.id()));
        log().tried(Trial.stopped(run.id()));

        assertThat(log().failures(run.id()).count()).isEqualTo(1);
    }

    @Test
    void theLatestDistillationOfARunCounts() {
        Trajectory run = run("sort the list", "bubble");
        append(run);
        log().distilled(new Distillation(run.id(), List.of(), "nothing to compare with"));
        var later = new Distillation(run.id(), List.of("c-1"), "learnt one");

        log().distilled(later);

        assertThat(log().distillation(run.id())).contains(later);
    }

    @Test
    void onlyRecordedRunsCanBeDistilledOrAttempted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log().distilled(new Distillation("t-0000", List.of(), "none")))
                .withMessageContaining("t-0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log().attempted(attempt("t-0000", true)))
                .withMessageContaining("t-0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log().tried(Trial.begun("t-0000")))
                .withMessageContaining("t-0000");
    }

    @Test
    void tasksAModelPassedComeNewestFirst() {
        Trajectory first = verified("sort the list", ITERATION);
        Trajectory second = verified("reverse the list", ITERATION);
        append(first, second);
        log().attempted(attempt(second.id(), true));
        log().attempted(attempt(first.id(), true));

        assertThat(log().passedBy("small", ITERATION, 5)).containsExactly(first, second);
        assertThat(log().passedBy("small", ITERATION, 1)).containsExactly(first);
    }

    @Test
    void aTaskWithoutAToldCategoryMayBeOfAny() {
        Trajectory untold = run(new Task("sort", null, PROJECT, null,
                verified("sort the list", ITERATION).task().verifier()), "merge");
        append(untold);
        log().attempted(attempt(untold.id(), true));

        assertThat(log().passedBy("small", ITERATION, 5)).containsExactly(untold);
    }

    @Test
    void tasksWithAToldCategoryComeNewestFirst() {
        Trajectory first = verified("sort the list", ITERATION);
        Trajectory second = verified("reverse the list", ITERATION);
        append(first, run(Task.of("untold", PROJECT), "guess"), second);

        assertThat(log().told(5)).containsExactly(second.task(), first.task());
        assertThat(log().told(1)).containsExactly(second.task());
    }

    @Test
    void whatOneModelPassedIsNotWhatTheOtherPassed() {
        Trajectory run = verified("sort the list", ITERATION);
        append(run);
        log().attempted(new LocalAttempt(run.id(), ModelRole.WEAK, "tiny", false));
        log().attempted(new LocalAttempt(run.id(), ModelRole.STRONG, "small", true));

        assertThat(log().passedBy("small", ITERATION, 5)).containsExactly(run);
        assertThat(log().passedBy("tiny", ITERATION, 5)).isEmpty();
    }

    @Test
    void failedUnverifiedAndForeignTasksDoNotCountAsPassed() {
        Trajectory failed = verified("sort the list", ITERATION);
        Trajectory unverified = run(Task.of("sort", PROJECT).in(ITERATION), "merge");
        Trajectory other = verified("reverse", new TaskCategory("code", "recursion"));
        append(failed, unverified, other);
        log().attempted(attempt(failed.id(), false));
        log().attempted(attempt(unverified.id(), true));
        log().attempted(attempt(other.id(), true));

        assertThat(log().passedBy("small", ITERATION, 5)).isEmpty();
    }

    private void append(Trajectory... runs) {
        for (Trajectory run : runs) {
            assertThat(log().append(run)).isTrue();
        }
    }

    private static LocalAttempt attempt(String trajectoryId, boolean passed) {
        return new LocalAttempt(trajectoryId, ModelRole.STRONG, "small", passed);
    }

    private static Trajectory run(String task, String action) {
        return run(Task.of(task, PROJECT), action);
    }

    private static Trajectory verified(String task, @Nullable TaskCategory category) {
        return run(new Task(task, null, PROJECT, category, new Verifier.Answer("42")), "answer 42");
    }

    private static Trajectory run(Task task, String action) {
        return Trajectory.of(task, Outcome.SUCCESS, List.of(Step.action(action)),
                Trajectory.Report.NONE, NOW);
    }

    private static Trajectory full() {
        var task = new Task("Sort \"the\" list\n\tof naïve 数 \uD83D\uDE00", "T-7", PROJECT,
                ITERATION, new Verifier.Tests("assert sort([2, 1]) == [1, 2]\n"));
        var steps = List.of(Step.thought("in place?"), Step.action("sorted(x)\nreturn x"),
                Step.observation("E   assert None == [1, 2]"));
        var report = new Trajectory.Report("an agent", "1 failed", List.of("c-1", "c-2"));
        return Trajectory.of(task, Outcome.FAILURE, steps, report, NOW.plusNanos(123_456_789));
    }
}
