package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.InferenceBenchmark.Sizes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InferenceBenchmarkTest {
    @Test
    void sizesAreBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizes(1, 4001, 1))
                .withMessage("decode must lie in 1..4000, got 4001");
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizes(1, 1, 0))
                .withMessage("score must lie in 1..4000, got 0");
    }

    @Test
    @Tag("model")
    void itCountsWhatItTimed() throws InterruptedException {
        // As many threads as in the other tests: the first model of a process decides.
        int threads = JlamaLanguageModel.Options.standard().threads();
        try (var benchmark = InferenceBenchmark.open(TestModels.require("smollm2-135m"), threads,
                new Sizes(9, 3, 7))) {
            assertThat(benchmark.weights().layers()).isEqualTo(30L * 576 * (576 + 192 + 192 + 576)
                    + 30L * 3 * 576 * 1536);
            assertThat(benchmark.weights().head()).isEqualTo(49152L * 576);
            expect(benchmark.measure(Phase.PREFILL), 9, 1);
            expect(benchmark.measure(Phase.DECODE), 3, 3);
            expect(benchmark.measure(Phase.SCORE), 7, 7);
        }
    }

    private static void expect(Sample sample, int tokens, int logits) {
        assertThat(sample.tokens()).isEqualTo(tokens);
        assertThat(sample.logits()).isEqualTo(logits);
        assertThat(sample.nanos()).isPositive();
        assertThat(sample.allocated()).isPositive();
    }
}
