package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.jlama.TestModels;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BenchInferenceTest {
    private static final String MODEL = "smollm2-135m";

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"--rounds, 0, 1000", "--prefill, 4001, 4000", "--decode, -1, 4000",
            "--score, 0, 4000"})
    void anOptionOutsideItsRangeIsNamedWithRuleAndValue(String option, int value, int most) {
        Ended ended = new Terminal(home).run("bench", "inference", option, "" + value);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(
                "memcollab: %s must lie in 1..%d, got %d".formatted(option, most, value));
    }

    @Test
    void thereAreNoMoreThreadsThanProcessors() {
        int processors = Runtime.getRuntime().availableProcessors();

        Ended ended = new Terminal(home).run("bench", "inference", "--threads",
                "1," + (processors + 1));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--threads must lie in 1..%d, got %d"
                .formatted(processors, processors + 1));
    }

    @Test
    void aModelThatIsMissingIsNamedBeforeAnythingIsMeasured() {
        Ended ended = new Terminal(home).run("bench", "inference", "--model", "nobody");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).startsWith("memcollab: no model nobody");
    }

    @Test
    void aServedBenchmarkIsOfOneModel() {
        Ended ended = new Terminal(home).run("bench", "inference", "--serve", "--threads", "1");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--serve needs one --model and one of --threads, got"
                + " [qwen2.5-coder-0.5b, qwen2.5-coder-1.5b] and [1]");
    }

    @Test
    @Tag("model")
    void theReportHasAllPhasesAgainstThePeaks() {
        Path models = Objects.requireNonNull(TestModels.require(MODEL).getParent());
        var terminal = new Terminal(Objects.requireNonNull(models.getParent()));

        Ended ended = terminal.run("bench", "inference", "--model", MODEL, "--threads", "1",
                "--rounds", "2", "--prefill", "8", "--decode", "2", "--score", "4", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode report = ended.json();
        assertThat(report.path("command").asString()).isEqualTo("memcollab bench inference"
                + " --model smollm2-135m --threads 1 --rounds 2 --prefill 8 --decode 2 --score 4"
                + " --json");
        assertThat(report.propertyNames()).contains("version", "machine", "tokens", "counted");
        JsonNode peak = report.path("peaks").path(0);
        assertThat(peak.path("threads").asInt()).isOne();
        assertThat(peak.path("fma_gflops").asDouble()).isPositive();
        assertThat(peak.path("short_gops").asDouble()).isPositive();
        assertThat(peak.path("read_gb_per_second").asDouble()).isPositive();
        JsonNode run = report.path("runs").path(0);
        assertThat(run.path("model").asString()).isEqualTo(MODEL);
        assertThat(run.path("weights").path("head").asLong()).isEqualTo(49152L * 576);
        for (String phase : new String[]{"prefill", "decode", "draft", "score"}) {
            JsonNode rate = run.path(phase).path("tokens_per_second");
            assertThat(rate.path("samples").size()).as(phase).isEqualTo(2);
            assertThat(rate.path("min").asDouble()).isPositive()
                    .isLessThanOrEqualTo(rate.path("median").asDouble());
            assertThat(run.path(phase).path("share_of_fma_peak").asDouble()).isPositive();
            assertThat(run.path(phase).path("share_of_short_peak").asDouble()).isPositive();
        }
        assertThat(run.path("decode").path("gb_per_second").asDouble()).isPositive();
        assertThat(run.path("decode").path("tokens_per_pass").asDouble()).isEqualTo(1);
        assertThat(run.path("draft").path("gb_per_second").asDouble()).isPositive();
    }
}
