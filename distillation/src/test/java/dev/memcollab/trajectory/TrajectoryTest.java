package dev.memcollab.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.trajectory.Trajectory.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrajectoryTest {
    private static final Project SHOP = new Project("shop");
    private static final List<Step> STEPS = List.of(Step.thought("in place"), Step.action("sort"));

    @Test
    void theSameRunLaterHasTheSameId() {
        Task task = task(null);
        Trajectory later = Trajectory.of(task, Outcome.SUCCESS, STEPS, Report.NONE,
                Instant.EPOCH.plusSeconds(9));

        assertThat(later.id()).isEqualTo(run(task, STEPS, Report.NONE).id())
                .matches("t-[0-9a-f]{16}");
    }

    @Test
    void aVerifierMakesAnotherRun() {
        String plain = run(task(null), STEPS, Report.NONE).id();
        String answer = run(task(new Verifier.Answer("42")), STEPS, Report.NONE).id();
        String tests = run(task(new Verifier.Tests("42")), STEPS, Report.NONE).id();

        assertThat(List.of(plain, answer, tests)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsSaidBesidesMakesAnotherRun() {
        Task task = task(null);

        assertThat(List.of(run(task, STEPS, Report.NONE).id(),
                run(task, STEPS, new Report("claude", "", List.of())).id(),
                run(task, STEPS, new Report("", "claude", List.of())).id(),
                run(task, STEPS.reversed(), Report.NONE).id())).doesNotHaveDuplicates();
    }

    @Test
    void textsDoNotRunTogetherIntoTheSameId() {
        Task task = task(null);

        assertThat(run(task, STEPS, new Report("ab", "c", List.of())).id())
                .isNotEqualTo(run(task, STEPS, new Report("a", "bc", List.of())).id());
    }

    @Test
    void aRunHasSteps() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(task(null), List.of(), Report.NONE))
                .withMessage("steps must hold at least one step, got none");
    }

    @Test
    void stepsAndFeedbackHaveOneLimitTogether() {
        var steps = List.of(Step.action("x".repeat(Trajectory.MAX_CHARACTERS - 1)));

        assertThat(run(task(null), steps, new Report("", "y", List.of()))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(task(null), steps, new Report("", "yy", List.of())))
                .withMessage("steps and feedback together must have at most 1048576 characters, got"
                        + " 1048577");
    }

    @Test
    void onlySuccessAndFailureOppose() {
        assertThat(Outcome.SUCCESS.opposes(Outcome.FAILURE)).isTrue();
        assertThat(Outcome.SUCCESS.opposes(Outcome.SUCCESS)).isFalse();
        assertThat(Outcome.UNKNOWN.opposes(Outcome.SUCCESS)).isFalse();
        assertThat(Outcome.FAILURE.opposes(Outcome.UNKNOWN)).isFalse();
    }

    @Test
    void anUnknownOutcomeOrKindNamesWhatIsKnown() {
        assertThatIllegalArgumentException().isThrownBy(() -> Outcome.parse("Success"))
                .withMessage("outcome must be success, failure or unknown, got \"Success\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Step.Kind.parse("tool"))
                .withMessage("kind must be thought, action or observation, got \"tool\"");
    }

    private static Task task(@Nullable Verifier verifier) {
        return new Task("sort the list", null, SHOP, null, verifier);
    }

    private static Trajectory run(Task task, List<Step> steps, Report report) {
        return Trajectory.of(task, Outcome.SUCCESS, steps, report, Instant.EPOCH);
    }
}
