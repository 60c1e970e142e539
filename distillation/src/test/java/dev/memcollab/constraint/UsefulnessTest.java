package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsefulnessTest {
    /// Bounds by statsmodels.stats.proportion.proportion_confint(harmed, runs, method="wilson").
    @ParameterizedTest(name = "helped {0}, harmed {1}")
    @CsvSource({"0, 3, false", "0, 4, true", "1, 6, false", "1, 7, true", "10, 20, false",
            "10, 21, true", "10, 24, true", "50, 50, false"})
    void harmMustBeMoreThanChanceExplains(int helped, int harmed, boolean harmful) {
        assertThat(new Usefulness(helped, harmed).isHarmful()).isEqualTo(harmful);
    }

    @Test
    void whatWasNeverUsedIsNotHarmful() {
        assertThat(Usefulness.NONE.isHarmful()).isFalse();
    }
}
