package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import dev.memcollab.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "assert f(1) == 2 / AssertionError | AssertionError",
            "f(1) / TypeError: f() takes 0 positional arguments | TypeError",
            "json.decoder.JSONDecodeError: Extra data | JSONDecodeError",
            "did not end within 10 seconds | time limit", "Killed | other"})
    void theKindOfAFailedTestIsItsError(String message, String kind) {
        assertThat(Mistake.kind(Verification.failed(message.replace(" / ", "\n")))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"#### 41, wrong number", "#### many, no number", "#### 42, ''"})
    void aWrongNumberIsAnotherMistakeThanNone(String answer, String kind)
            throws InterruptedException {
        assertThat(
                Mistake.kind(TaskVerifier.withoutCode().verify(new Verifier.Answer("42"), answer)))
                .isEqualTo(kind);
    }

    @Test
    void whatPassedIsNoMistake() {
        assertThat(Mistake.kind(Verification.PASSED)).isEmpty();
    }
}
