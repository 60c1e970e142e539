package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureSignsTest {
    private final FailureSigns signs = new FailureSigns();

    @ParameterizedTest
    @ValueSource(strings = {"FAILED tests/test_x.py::test_y", "=== 1 failed, 3 passed ===",
            "5 examples, 1 failure, 0 errors", "Tests run: 5, Failures: 1, Errors: 0",
            "FAILED (failures=1)", "Traceback (most recent call last):", "ValueError: empty",
            "java.lang.NullPointerException: x", "[INFO] BUILD FAILURE",
            "thread 'main' panicked at src", "exit code 2", "exited with status 1",
            "compilation failed", "Segmentation fault", "No, that breaks the order",
            "user: that's wrong", "it does not work"})
    void itTellsFailures(String observation) {
        assertThat(signs.tells(observation)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12 passed in 0.1s", "5 examples, 0 failures, 0 errors",
            "Tests run: 5, Failures: 0, Errors: 0", "exit code 0", "Nothing to commit",
            "ERROR handling: all tests passed", "[INFO] BUILD SUCCESS", "Note: done", ""})
    void itTellsNothingElse(String observation) {
        assertThat(signs.tells(observation)).isFalse();
    }

    @Test
    void theLastObservationThatFailedIsFound() {
        assertThat(signs.lastFailure(List.of(Step.observation("1 failed"), Step.action("fix"),
                Step.observation("2 failed"), Step.observation("2 passed")))).isEqualTo(2);
    }

    @Test
    void whatAnAgentThinksIsNoSign() {
        assertThat(signs.lastFailure(List.of(Step.thought("1 failed"), Step.action("exit 1"))))
                .isEqualTo(-1);
    }

    @Test
    void feedbackSaysBestWhatFailed() {
        Trajectory run = Trajectory.of(Runs.task(null), Outcome.FAILURE,
                List.of(Step.observation("1 failed")),
                new Trajectory.Report("", "the order is lost", List.of()), Instant.EPOCH);

        assertThat(signs.failureOf(run)).isEqualTo("the order is lost");
    }

    @Test
    void withoutFeedbackTheLastSignSaysIt() {
        assertThat(signs.failureOf(Runs.run(0, Outcome.FAILURE, Step.observation("1 failed"),
                Step.action("give up")))).isEqualTo("1 failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=== 1 failed, 3 passed ===", "Tests run: 5, Failures: 1, Errors: 0",
            "FAILED tests/test_x.py::test_y", "[INFO] BUILD FAILURE", "2 tests failed"})
    void successIsContradictedByTestsThatFailLast(String seen) {
        assertThat(signs.contradict(Runs.run(0, Outcome.SUCCESS, Step.action("fix"),
                Step.observation(seen), Step.thought("all done")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4 passed in 0.1s", "Tests run: 5, Failures: 0, Errors: 0", "done",
            "grep found: raise ValueError: empty", "OK (5 tests)", "[INFO] BUILD SUCCESS", ""})
    void successIsContradictedByNothingElse(String seen) {
        assertThat(signs.contradict(Runs.run(0, Outcome.SUCCESS, Step.action("fix"),
                Step.observation(seen)))).isFalse();
    }

    @Test
    void whatFailedBeforeTheLastActionContradictsNothing() {
        assertThat(signs.contradict(Runs.run(0, Outcome.SUCCESS, Step.observation("1 failed"),
                Step.action("fix")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4 passed in 0.1s", "Tests run: 5, Failures: 0, Errors: 0",
            "[INFO] BUILD SUCCESS", "all tests passed"})
    void failureIsContradictedByTestsThatPassLast(String seen) {
        assertThat(signs.contradict(Runs.run(0, Outcome.FAILURE, Step.action("fix"),
                Step.observation(seen)))).isTrue();
    }

    @Test
    void aFailureThatTheUserSawIsNone() {
        assertThat(signs.contradict(reported(Outcome.FAILURE, "the order is lost"))).isFalse();
        assertThat(signs.contradict(reported(Outcome.FAILURE, "4 passed"))).isTrue();
        assertThat(signs.contradict(reported(Outcome.SUCCESS, "no, the order is lost"))).isTrue();
        assertThat(signs.contradict(reported(Outcome.SUCCESS, "thanks, no error left"))).isFalse();
        assertThat(signs.contradict(reported(Outcome.UNKNOWN, "1 failed"))).isFalse();
    }

    private static Trajectory reported(Outcome outcome, String feedback) {
        return Trajectory.of(Runs.task(null), outcome,
                List.of(Step.action("fix"), Step.observation("4 passed")),
                new Trajectory.Report("", feedback, List.of()), Instant.EPOCH);
    }
}
