package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares with weights made one by one.
@Tag("kernel")
class WeightsTest {
    private static final float UNTOUCHED = -12345f;

    @ParameterizedTest(name = "{0} bits, shift {1}, {2} columns")
    @CsvSource({"4, false, 32", "4, true, 544", "5, false, 896", "5, true, 512", "6, false, 1120",
            "6, true, 96", "8, false, 32", "8, true, 992"})
    void everyWeightIsItsCodeTimesTheScaleFromTheShiftOn(int bits, boolean shifted, int columns) {
        var weights = new RandomMatrices(7).weights(bits, shifted, 5, columns);
        for (int row = 0; row < 5; row++) {
            Matrix target = RandomMatrices.filled(2, columns, UNTOUCHED);

            weights.unpack(row, target, 1);

            for (int i = 0; i < columns; i++) {
                assertThat(target.get(1, i)).as("[%d, %d]", row, i)
                        .isEqualTo(RandomMatrices.weight(weights, row, i));
            }
            assertThat(target.get(0, columns - 1)).isEqualTo(UNTOUCHED);
        }
    }

    @Test
    void aRowThatIsNotThereIsRefused() {
        var weights = new RandomMatrices(8).weights(6, false, 3, 64);
        Matrix target = RandomMatrices.filled(2, 64, UNTOUCHED);

        assertThatThrownBy(() -> weights.unpack(3, target, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row must lie in 0..2 and have 64 columns, got 3 of 64");
    }

    @Test
    void whatNoBlockCanBeIsRefused() {
        MemorySegment memory = Arena.ofAuto().allocate(64);

        assertThatThrownBy(() -> new Weights(memory, 7, 1, 1, 1, 0, 1, 32))
                .hasMessage("bits must be 4, 5, 6 or 8, got 7");
        assertThatThrownBy(() -> new Weights(memory, 4, 1, 0, 1, 0, 1, 48)).hasMessage(
                "rows must be positive and columns a multiple of 32, got 1 × 48");
    }
}
