package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.FailureSigns;
import dev.memcollab.contrast.Pairing;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Trajectory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedPairTest {
    private final List<Trajectory> runs = RecordedPair.bundled().trajectories();

    @Test
    void theFirstFailedAndTheSecondWorked() {
        assertThat(runs).extracting(Trajectory::outcome).containsExactly(Outcome.FAILURE,
                Outcome.SUCCESS);
    }

    @Test
    void theTwoAreOneContrast() {
        List<Contrast> contrasts = new Pairing(new FailureSigns()).contrasts(runs.getLast(),
                List.of(runs.getFirst()));

        assertThat(contrasts).extracting(Contrast::kind)
                .containsExactly(ContrastKind.RECORDED_PAIR);
    }
}
