package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPairTest {
    @TempDir
    private Path home;

    @Test
    void roundsOutsideTheirRangeAreNamedWithRuleAndValue() {
        Ended ended = new Terminal(home).run("bench", "pair", "--rounds", "0");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("memcollab: --rounds must lie in 1..1000, got 0");
    }

    @Test
    void thereAreNoMoreThreadsThanProcessors() {
        int processors = Runtime.getRuntime().availableProcessors();

        Ended ended = new Terminal(home).run("bench", "pair", "--threads",
                String.valueOf(processors + 1));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--threads must lie in 1..%d, got %d"
                .formatted(processors, processors + 1));
    }
}
