package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.LocalPair.Attempts;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.solve.Solver;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.solve.Solver.Turn;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import dev.memcollab.verify.Verification;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalPairTest {
    private static final Attempt RIGHT_WEAK = new Attempt("tiny", "42", Verification.PASSED);
    private static final Attempt WRONG_WEAK = new Attempt("tiny", "41",
            Verification.failed("not 41"));
    private static final Attempt RIGHT_STRONG = new Attempt("small", "42", Verification.PASSED);
    private static final Attempt WRONG_STRONG = new Attempt("small", "40",
            Verification.failed("not 40"));

    private static final Task SUM = Runs.task(new Verifier.Answer("42"));

    private final Trajectory worked = Runs.run(1, Outcome.SUCCESS, Step.action("42"));
    private final Trajectory failed = Runs.run(1, Outcome.FAILURE, Step.action("7"));

    @Test
    void theStrongOneIsPreferredWhereItAloneIsRight() {
        Contrast contrast = contrast(failed, WRONG_WEAK, RIGHT_STRONG).orElseThrow();

        assertThat(contrast.kind()).isEqualTo(ContrastKind.LOCAL_PAIR);
        assertThat(contrast.preferred()).isEqualTo(RIGHT_STRONG.run());
        assertThat(contrast.unpreferred()).isEqualTo(WRONG_WEAK.run());
        assertThat(contrast.failure()).isEqualTo("not 41");
        assertThat(contrast.sources()).isEmpty();
    }

    @Test
    void theWeakOneIsPreferredWhereItAloneIsRight() {
        Contrast contrast = contrast(worked, RIGHT_WEAK, WRONG_STRONG).orElseThrow();

        assertThat(contrast.preferred()).isEqualTo(RIGHT_WEAK.run());
        assertThat(contrast.failure()).isEqualTo("not 40");
    }

    /// A line is tried for one turn: what took two would fail that without it, too.
    @Test
    void whatPassedAtItsSecondTurnIsLoggedAsFailed() {
        Turn wrong = WRONG_WEAK.turns().getFirst();
        var second = new Attempt("tiny", List.of(wrong, RIGHT_WEAK.turns().getFirst()));

        assertThat(second.passed()).isTrue();
        assertThat(new Attempts(second, RIGHT_STRONG).logged("t-1"))
                .extracting(LocalAttempt::passed).containsExactly(false, true);
    }

    @Test
    void bothWrongAreContrastedWithARecordedRunThatWorked() {
        Contrast contrast = contrast(worked, WRONG_WEAK, WRONG_STRONG).orElseThrow();

        assertThat(contrast.preferred().trajectoryId()).isEqualTo(worked.id());
        assertThat(contrast.unpreferred()).isEqualTo(WRONG_STRONG.run());
    }

    @Test
    void bothRightAreContrastedWithARecordedRunThatFailed() {
        Contrast contrast = contrast(failed, RIGHT_WEAK, RIGHT_STRONG).orElseThrow();

        assertThat(contrast.preferred()).isEqualTo(RIGHT_STRONG.run());
        assertThat(contrast.unpreferred().trajectoryId()).isEqualTo(failed.id());
        assertThat(contrast.failure()).isEqualTo("7");
    }

    @Test
    void whereAllAreWrongOrAllAreRightThereIsNoContrast() {
        assertThat(contrast(failed, WRONG_WEAK, WRONG_STRONG)).isEmpty();
        assertThat(contrast(worked, RIGHT_WEAK, RIGHT_STRONG)).isEmpty();
    }

    @Test
    void whereBothAreRightTheOneWithFewerTurnsIsPreferredForEconomy() {
        var detour = new Attempt("tiny", List.of(WRONG_WEAK.turns().getFirst(),
                RIGHT_WEAK.turns().getFirst()));

        Contrast contrast = contrast(worked, detour, RIGHT_STRONG).orElseThrow();

        assertThat(contrast.focus()).isEqualTo(Contrast.Focus.ECONOMY);
        assertThat(contrast.preferred()).isEqualTo(RIGHT_STRONG.run());
        assertThat(contrast.unpreferred()).isEqualTo(detour.run());
        assertThat(contrast.failure()).isEmpty();
    }

    @Test
    void bothModelsSolveTheTask() throws InterruptedException {
        Trajectory run = Runs.run(Runs.task(new Verifier.Answer("42")), 1, Outcome.SUCCESS,
                Step.action("42"));

        assertThat(pair("#### 41", "#### 42").attempts(run.task()).logged(run.id()))
                .containsExactly(
                        new LocalAttempt(run.id(), ModelRole.WEAK, "tiny", false),
                        new LocalAttempt(run.id(), ModelRole.STRONG, "small", true));
    }

    @Test
    void whereBothAreWrongTheStrongOneDrawsUntilItIsRight() throws InterruptedException {
        Attempts attempts = pair("#### 41", List.of("#### 40", "#### 39", "#### 42"), 4)
                .attempts(SUM);

        assertThat(attempts.strong().answer()).isEqualTo("#### 40");
        Attempt drawn = Objects.requireNonNull(attempts.drawn());
        assertThat(drawn.answer()).isEqualTo("#### 42");
        Contrast contrast = LocalPair.contrast(failed, attempts, true).orElseThrow();
        assertThat(contrast.preferred()).isEqualTo(drawn.run());
        assertThat(contrast.unpreferred()).isEqualTo(attempts.weak().run());
        assertThat(contrast.focus()).isEqualTo(Contrast.Focus.CORRECTNESS);
    }

    @Test
    void noMoreIsDrawnThanAllowedAndNothingWhereOneIsRight() throws InterruptedException {
        var answers = List.of("#### 40", "#### 39", "#### 42");

        assertThat(pair("#### 41", answers, 1).attempts(SUM).drawn()).isNull();
        assertThat(pair("#### 41", answers, 0).attempts(SUM).drawn()).isNull();
        assertThat(pair("#### 42", answers, 4).attempts(SUM).drawn()).isNull();
    }

    @Test
    void aRunThatWorkedStandsAgainstThePlansOfBoth() throws InterruptedException {
        Contrast contrast = pair("guess", "loop").against(worked);

        assertThat(contrast.kind()).isEqualTo(ContrastKind.RECORDED_AGAINST_LOCAL);
        assertThat(contrast.focus()).isEqualTo(Contrast.Focus.FORESIGHT);
        assertThat(contrast.preferred().trajectoryId()).isEqualTo(worked.id());
        assertThat(contrast.unpreferred().steps()).containsExactly(Step.thought("guess"),
                Step.thought("loop"));
        assertThat(contrast.sources()).containsExactly(worked.id());
    }

    private static LocalPair pair(String weak, String strong) {
        return pair(weak, Collections.nCopies(2, strong), 0);
    }

    /// @param strong what it says, one answer after the other
    private static LocalPair pair(String weak, List<String> strong, int draws) {
        Iterator<String> next = strong.iterator();
        return new LocalPair(
                new ModelPair(new ScriptedLanguageModel("tiny").otherwise(weak),
                        new ScriptedLanguageModel("small").when(_ -> true, _ -> next.next())),
                new Solver(TaskVerifier.withoutCode()), 1, draws);
    }

    private static Optional<Contrast> contrast(Trajectory recorded, Attempt weak, Attempt strong) {
        return LocalPair.contrast(recorded, new Attempts(weak, strong), true);
    }
}
