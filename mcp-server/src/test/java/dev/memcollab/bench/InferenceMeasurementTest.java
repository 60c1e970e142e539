package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.MachinePeak;
import dev.memcollab.jlama.WeightCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferenceMeasurementTest {
    private static final WeightCount WEIGHTS = new WeightCount(1_000_000_000, 500_000_000,
            800_000_000);
    private static final MachinePeak PEAK = new MachinePeak(100, 150, 20);
    private static final long SECOND = 1_000_000_000;

    private static InferenceMeasurement measured(Phase phase, Sample sample) {
        return new InferenceMeasurement("tiny", 2, phase, WEIGHTS, PEAK, List.of(sample));
    }

    @Test
    void decodingReadsAllWeightsForEachToken() {
        var decode = measured(Phase.DECODE, new Sample(10, 10, 10, SECOND, 5_000));

        assertThat(decode.gigabytes()).isEqualTo(8);
        assertThat(decode.shareOfBytes()).isEqualTo(0.4);
        assertThat(decode.gigaops()).isEqualTo(30);
        assertThat(decode.allocatedPerToken()).isEqualTo(500);
    }

    @Test
    void draftingReadsAllWeightsForEachPass() {
        var draft = measured(Phase.DRAFT, new Sample(10, 10, 4, SECOND, 0));

        assertThat(draft.tokensPerPass()).isEqualTo(2.5);
        assertThat(draft.gigabytes()).isEqualTo(3.2);
        assertThat(draft.gigaops()).isEqualTo(30);
        assertThat(draft.facts()).containsEntry("tokens_per_pass", 2.5)
                .containsEntry("gb_per_second", 3.2);
    }

    @Test
    void prefillUsesTheHeadOnce() {
        var prefill = measured(Phase.PREFILL, new Sample(10, 1, 1, SECOND, 0));

        assertThat(prefill.gigaops()).isEqualTo(21);
        assertThat(prefill.shareOfFloats()).isEqualTo(0.21);
        assertThat(prefill.shareOfShorts()).isEqualTo(0.14);
        assertThat(prefill.facts()).doesNotContainKey("gb_per_second");
    }
}
