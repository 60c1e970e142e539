package dev.memcollab.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.trajectory.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerVerifierTest {
    private final AnswerVerifier verifier = new AnswerVerifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"42 | 42", "42 | #### 42", "42 | The answer is 42.",
            "42 | answer: 42 apples", "42 | \\boxed{42}", "42 | 42.0", "1,234 | 1234",
            "1234 | #### $1,234.00", "-3 | #### -3", "50% | the answer is 50",
            "Paris | The answer is **paris**.", "blue whale | #### Blue  Whale!",
            "2 apples | #### 2 apples"})
    void theSameAnswerPasses(String expected, String answer) {
        assertThat(passes(expected, answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"42 | 41", "42 | #### none", "42 | #### 4.2",
            "3 | #### -3",
            "Paris | #### London", "2 apples | #### 2 pears", "Python 3 | #### Java 3"})
    void anotherAnswerFails(String expected, String answer) {
        assertThat(passes(expected, answer)).isFalse();
    }

    @Test
    void theLastStatedResultCounts() {
        assertThat(passes("42", "The answer is 41.\nNo: the answer is 42.\nSee 7 above.")).isTrue();
    }

    @Test
    void withoutAStatedResultTheLastLineCounts() {
        assertThat(passes("42", "6 times 7\nmakes 42\n")).isTrue();
        assertThat(passes("6", "6 times 7\nmakes 42\n")).isFalse();
    }

    @Test
    void aWrongAnswerIsTold() {
        assertThat(verifier.verify(new Verifier.Answer("42"), "#### 41"))
                .isEqualTo(Verification.failed("the answer is wrong: got \"41\""));
    }

    private boolean passes(String expected, String answer) {
        return verifier.verify(new Verifier.Answer(expected), answer).passed();
    }
}
