package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Step.Kind;
import dev.memcollab.trajectory.Verifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContrastTest {
    private static final Run DOZENS = run("return -(-rolls // 12) + 0 * 7 + 8");
    private static final Run TENS = run("return rolls // 10 + 8 + 5");

    @Test
    void aNumberMayBeSaidThatOnlyOneRunHasAndNoFreeOneThatIsNotItsOwn() {
        var contrast = contrast("pack 7 sorts of rolls",
                new Verifier.Tests("assert boxes(5) == 1"), DOZENS, TENS);

        assertThat(contrast.numbersOf(DOZENS)).containsExactlyInAnyOrder("12", "0");
        assertThat(contrast.numbersOf(TENS)).containsExactly("10");
        assertThat(contrast.numbers()).contains("12", "10", "60").doesNotContain("5", "7", "8");
    }

    /// Where an answer decides, a number of the run may be that answer.
    @Test
    void withoutTestsOnlyFreeNumbersMayBeSaid() {
        for (Verifier verifier : Arrays.asList(null, new Verifier.Answer("12"))) {
            assertThat(contrast("pack rolls", verifier, DOZENS, TENS).numbersOf(DOZENS))
                    .containsExactly("0");
        }
    }

    @Test
    void whatWasSeenAndWhatIsLongIsNoNumberOfTheRun() {
        var failing = new Run("b", List.of(new Step(Kind.ACTION, "return 4 + 123456"),
                new Step(Kind.OBSERVATION, "got 33")), null);
        var contrast = contrast("pack rolls", new Verifier.Tests("assert True"), DOZENS, failing);

        assertThat(contrast.numbersOf(failing)).containsExactly("4");
    }

    private static Run run(String code) {
        return new Run("a", List.of(new Step(Kind.ACTION, code)), null);
    }

    private static Contrast contrast(String task, @Nullable Verifier verifier, Run preferred,
            Run unpreferred) {
        return new Contrast(ContrastKind.LOCAL_PAIR, Runs.task(task, verifier), preferred,
                unpreferred, "", Focus.CORRECTNESS);
    }
}
