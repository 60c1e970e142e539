package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairingTest {
    private static final Step CODE = Step.action("code");
    private static final Step BROKEN = Step.observation("1 failed");

    private final Pairing pairing = new Pairing(new FailureSigns());
    private final Trajectory failed = Runs.run(1, Outcome.FAILURE, CODE, BROKEN);
    private final Trajectory worked = Runs.run(2, Outcome.SUCCESS, Step.action("better"));

    @Test
    void oppositeOutcomesAreAContrast() {
        Contrast contrast = only(worked, failed);

        assertThat(contrast.kind()).isEqualTo(ContrastKind.RECORDED_PAIR);
        assertThat(contrast.focus()).isEqualTo(Focus.CORRECTNESS);
        assertThat(contrast.preferred().trajectoryId()).isEqualTo(worked.id());
        assertThat(contrast.unpreferred().trajectoryId()).isEqualTo(failed.id());
        assertThat(contrast.failure()).isEqualTo("1 failed");
        assertThat(contrast.sources()).containsExactly(worked.id(), failed.id());
    }

    @Test
    void theRunThatWorkedIsPreferredWhicheverCameFirst() {
        Trajectory later = Runs.run(3, Outcome.FAILURE, CODE, BROKEN);

        assertThat(only(later, worked).preferred().trajectoryId()).isEqualTo(worked.id());
    }

    @Test
    void ofTwoWaitingRunsOnlyTheLaterIsPaired() {
        assertThat(pairing.contrasts(failed, List.of(worked))).isEmpty();
        assertThat(pairing.contrasts(worked, List.of(failed))).hasSize(1);
    }

    @Test
    void ofTwoRunsOfOneInstantJustOneIsPaired() {
        Trajectory twin = Runs.run(1, Outcome.SUCCESS, Step.action("better"));

        assertThat(Stream.concat(pairing.contrasts(failed, List.of(twin)).stream(),
                pairing.contrasts(twin, List.of(failed)).stream())).hasSize(1);
    }

    @Test
    void theNewestOpponentIsTaken() {
        Trajectory older = Runs.run(0, Outcome.FAILURE, Step.action("old"));

        assertThat(only(worked, older, failed).unpreferred().trajectoryId())
                .isEqualTo(failed.id());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILURE", "UNKNOWN"})
    void withoutARunThatWorkedNothingIsLearnt(Outcome outcome) {
        Trajectory later = Runs.run(3, outcome, Step.action("another"));

        assertThat(pairing.contrasts(later, List.of(failed))).isEmpty();
    }

    @Test
    void aFailureThatWasFixedIsARevision() {
        Trajectory run = Runs.run(1, Outcome.SUCCESS, CODE, BROKEN, Step.action("fix"),
                Step.observation("1 passed"));

        Contrast contrast = only(run);

        assertThat(contrast.kind()).isEqualTo(ContrastKind.REVISION);
        assertThat(contrast.unpreferred().steps()).containsExactly(CODE, BROKEN);
        assertThat(contrast.preferred().steps()).containsExactly(Step.action("fix"),
                Step.observation("1 passed"));
        assertThat(contrast.failure()).isEqualTo("1 failed");
        assertThat(contrast.sources()).containsExactly(run.id());
    }

    @Test
    void aRevisionNeedsActionsBeforeAndAfterTheFailure() {
        assertThat(pairing.contrasts(Runs.run(1, Outcome.SUCCESS, Step.thought("run the tests"),
                BROKEN, CODE), List.of())).isEmpty();
        assertThat(pairing.contrasts(Runs.run(1, Outcome.SUCCESS, CODE, BROKEN,
                Step.thought("that one is flaky")), List.of())).isEmpty();
    }

    @Test
    void aRunThatEndedBadlyIsNoRevision() {
        assertThat(pairing.contrasts(Runs.run(1, Outcome.FAILURE, CODE, BROKEN, CODE), List.of()))
                .isEmpty();
    }

    @Test
    void theOtherRunComesBeforeTheRevision() {
        Trajectory run = Runs.run(2, Outcome.SUCCESS, CODE, BROKEN, Step.action("fix"));

        assertThat(pairing.contrasts(run, List.of(failed))).extracting(Contrast::kind)
                .containsExactly(ContrastKind.RECORDED_PAIR, ContrastKind.REVISION);
    }

    @Test
    void halfTheStepsAreEconomy() {
        Trajectory longer = Runs.run(1, Outcome.SUCCESS, CODE, Step.action("again"));

        Contrast contrast = only(worked, longer);

        assertThat(contrast.focus()).isEqualTo(Focus.ECONOMY);
        assertThat(contrast.preferred().trajectoryId()).isEqualTo(worked.id());
        assertThat(contrast.failure()).isEmpty();
    }

    @Test
    void aFewStepsLessAreNoContrast() {
        Trajectory three = Runs.run(1, Outcome.SUCCESS, CODE, CODE, CODE);
        Trajectory two = Runs.run(2, Outcome.SUCCESS, CODE, CODE);

        assertThat(pairing.contrasts(two, List.of(three))).isEmpty();
    }

    @Test
    void economyIsNoMatterWhereCorrectnessIs() {
        Trajectory longer = Runs.run(0, Outcome.SUCCESS, CODE, Step.action("again"));

        assertThat(only(worked, longer, failed).focus()).isEqualTo(Focus.CORRECTNESS);
    }

    private Contrast only(Trajectory run, Trajectory... others) {
        List<Contrast> contrasts = pairing.contrasts(run, List.of(others));
        assertThat(contrasts).hasSize(1);
        return contrasts.getFirst();
    }
}
