package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.model.ModelRole;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void withoutReplaysItIsACandidate() {
        assertThat(Evidence.NONE.standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void aFlipVerifies() {
        assertThat(replayed(replay(true, false, 0)).standing()).isEqualTo(Standing.VERIFIED);
    }

    @Test
    void oneModelsFlipIsEnough() {
        assertThat(replayed(replay(true, false, 0), replay(false, false, 0)).standing())
                .isEqualTo(Standing.VERIFIED);
    }

    @Test
    void aPassThatAnyLineBringsVerifiesNothing() {
        assertThat(replayed(replay(true, true, 0)).standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void whatBreaksATaskIsNotVerifiedByAnotherFlip() {
        assertThat(replayed(replay(true, false, 0), replay(true, false, 1)).standing())
                .isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void whatBreaksLessRelatedTasksAloneIsVerifiedForTheOthers() {
        Evidence evidence = replayed(brokenAt(0.4), brokenAt(0.6), replay(true, false, 0));

        assertThat(evidence.standing()).isEqualTo(Standing.VERIFIED);
        assertThat(evidence.breaksUpTo()).isEqualTo(0.6);
    }

    @Test
    void itIsRefutedWhereItChangedNothingInAnyReplay() {
        assertThat(replayed(replay(false, false, 0)).isRefuted()).isTrue();
        assertThat(replayed(replay(false, false, 0), replay(true, true, 0)).isRefuted()).isFalse();
        assertThat(Evidence.NONE.isRefuted()).isFalse();
    }

    @Test
    void itIsTriedInVainWhereAnyLineWouldHavePassed() {
        assertThat(replayed(replay(false, false, 0), replay(true, true, 0)).isTriedInVain())
                .isTrue();
        assertThat(replayed(replay(true, true, 0), replay(true, false, 0)).isTriedInVain())
                .isFalse();
        assertThat(Evidence.NONE.isTriedInVain()).isFalse();
    }

    @Test
    void relevanceIsAShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> brokenAt(1.5))
                .withMessage("brokenAt must lie in [0, 1], got 1.5");
    }

    private static Replay brokenAt(double relevance) {
        return new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 2, 1, relevance);
    }

    @Test
    void marginsVerifyNothing() {
        assertThat(weighed(3, 3).standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void itIsOpposedWhereEveryMarginIsBelowZero() {
        assertThat(weighed(-0.1, -0.2).opposed()).isTrue();
        assertThat(weighed(-0.1, 0).opposed()).isFalse();
        assertThat(Evidence.NONE.opposed()).isFalse();
    }

    @Test
    void itsMeanMarginIsZeroWhereNoneWasTaken() {
        assertThat(weighed(0.5, -0.25).meanMargin()).isEqualTo(0.125);
        assertThat(Evidence.NONE.meanMargin()).isZero();
    }

    @Test
    void moreCannotBeBrokenThanWasTried() {
        assertThatIllegalArgumentException().isThrownBy(() -> replay(true, false, 3))
                .withMessage("broken must lie in [0, 2], got 3");
    }

    @Test
    void aMarginIsFinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> weighed(Double.NaN))
                .withMessage("nats must be finite, got NaN");
    }

    private static Evidence replayed(Replay... replays) {
        return new Evidence(List.of(), List.of(replays));
    }

    private static Evidence weighed(double... nats) {
        return new Evidence(
                Arrays.stream(nats).mapToObj(each -> new Margin(ModelRole.WEAK, "tiny", each))
                        .toList(),
                List.of());
    }

    private static Replay replay(boolean passes, boolean placeboPasses, int broken) {
        return new Replay(ModelRole.WEAK, "tiny", "t-1", passes, placeboPasses, 2, broken);
    }
}
