package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfBoth() {
        assertThat(new Spread(List.of(3.0, 1.0, 10.0)).median()).isEqualTo(3);
        assertThat(new Spread(List.of(3.0, 1.0, 10.0, 4.0)).median()).isEqualTo(3.5);
    }

    @Test
    void samplesKeepTheirOrder() {
        assertThat(new Spread(List.of(3.0, 1.0004, 10.0)).facts()).isEqualTo(
                Map.of("median", 3.0, "min", 1.0, "max", 10.0, "samples",
                        List.of(3.0, 1.0, 10.0)));
    }

    @Test
    void aSpreadHasSamples() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Spread(List.of()))
                .withMessage("samples must not be empty");
    }
}
