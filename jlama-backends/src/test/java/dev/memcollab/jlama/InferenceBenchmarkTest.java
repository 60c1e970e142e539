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
                new Sizes(257, 40, 7))) {
            assertThat(benchmark.weights().layers()).isEqualTo(30L * 576 * (576 + 192 + 192 + 576)
                    + 30L * 3 * 576 * 1536);
            assertThat(benchmark.weights().head()).isEqualTo(49152L * 576);
            expect(benchmark.measure(Phase.PREFILL), 257, 1, 2);
            expect(benchmark.measure(Phase.DECODE), 40, 40, 40);
            expect(benchmark.measure(Phase.SCORE), 7, 7, 1);
        }
    }

    @Test
    @Tag("model")
    void draftsOfACorrectionAreAcceptedEachTime() throws InterruptedException {
        int threads = JlamaLanguageModel.Options.standard().threads();
        try (var benchmark = InferenceBenchmark.open(TestModels.require("smollm2-135m"), threads,
                new Sizes(8, 40, 8))) {
            Sample first = benchmark.measure(Phase.DRAFT);
            benchmark.measure(Phase.DECODE);
            Sample again = benchmark.measure(Phase.DRAFT);

            assertThat(first.passes()).isLessThan(40 * 2 / 3);
            expect(again, 40, 40, first.passes());
            assertThat(benchmark.correction()).hasSizeBetween(300, 700);
        }
    }

    private static void expect(Sample sample, int tokens, int logits, int passes) {
        assertThat(sample.tokens()).isEqualTo(tokens);
        assertThat(sample.logits()).isEqualTo(logits);
        assertThat(sample.passes()).isEqualTo(passes);
        assertThat(sample.nanos()).isPositive();
        assertThat(sample.allocated()).isPositive();
    }
}
