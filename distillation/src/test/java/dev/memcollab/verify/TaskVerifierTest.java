package dev.memcollab.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.memcollab.trajectory.Verifier;
import org.junit.jupiter.api.Test;

class TaskVerifierTest {
    private static final Verifier TESTS = new Verifier.Tests("assert f() == 1");

    @Test
    void withoutARunnerTestsAreNotJudged() {
        TaskVerifier verifier = TaskVerifier.withoutCode();

        assertThat(verifier.canJudge(TESTS)).isFalse();
        assertThat(verifier.canJudge(null)).isFalse();
        assertThat(verifier.canJudge(new Verifier.Answer("1"))).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> verifier.verify(TESTS, "f = 1"))
                .withMessageContaining("code is not allowed");
    }

    @Test
    void testsRunAfterTheCodeOfTheAnswer() throws InterruptedException {
        FakeRunner runner = FakeRunner.passing("f()");

        Verification verdict = TaskVerifier.running(runner).verify(TESTS,
                "Here:\n```python\ndef f(): return 1\n```\nDone.");

        assertThat(verdict).isEqualTo(Verification.PASSED);
        assertThat(runner.programs())
                .containsExactly("def f(): return 1\n\nassert f() == 1\n");
    }

    @Test
    void ofAFailureTheEndIsTold() throws InterruptedException {
        var runner = new FakeRunner(
                program -> new CodeRunner.Run(false, "1\n2\n3\nAssertionError\n", false));

        assertThat(TaskVerifier.running(runner).verify(TESTS, "f = 1"))
                .isEqualTo(Verification.failed("2\n3\nAssertionError"));
    }

    @Test
    void aProgramThatDoesNotEndFails() throws InterruptedException {
        var runner = new FakeRunner(program -> new CodeRunner.Run(false, "", true));

        assertThat(TaskVerifier.running(runner).verify(TESTS, "f = 1"))
                .isEqualTo(Verification.failed("did not end within 10 seconds"));
    }

    @Test
    void anAnswerWithoutABlockIsCodeItself() {
        assertThat(TaskVerifier.codeOf(" f = 1\n")).isEqualTo("f = 1");
    }

    @Test
    void severalBlocksAreOneProgram() {
        assertThat(TaskVerifier.codeOf("```python\na = 1\n```\nand\n```\nb = 2\n```"))
                .isEqualTo("a = 1\n\nb = 2");
    }

    @Test
    void aBlockThatWasCutOffIsCode() {
        assertThat(TaskVerifier.codeOf("```py\na = 1\nb =")).isEqualTo("a = 1\nb =");
    }

    @Test
    void aBlockOfPython3IsCode() {
        assertThat(TaskVerifier.codeOf("```Python3 \r\na = 1\n```")).isEqualTo("a = 1");
    }

    @Test
    void blocksOfOtherLanguagesAreNotCode() {
        assertThat(TaskVerifier.codeOf("```json\n{}\n```\nthen\n```python\na = 1\n```"))
                .isEqualTo("a = 1");
    }
}
