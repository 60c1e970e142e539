package dev.memcollab.jlama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Q4RowsTest {
    @Test
    void zerosStayZeros() {
        assertMet(new float[32]);
    }

    @ParameterizedTest
    @ValueSource(floats = {1f, -1f, 0.001f, -3e4f, 1e-30f})
    void aSingleValueIsMetAndItsNeighboursStayZero(float value) {
        var block = new float[32];
        block[19] = value;

        assertMet(block);
    }

    @Test
    void valuesThatAreStepsAlreadyAreMet() {
        var block = new float[32];
        for (int i = 0; i < block.length; i++) {
            block[i] = 0.25f * (i % 16 - 8);
        }

        assertMet(block);
    }

    @Test
    void eachBlockHasAScaleOfItsOwn() {
        var blocks = new float[64];
        Arrays.fill(blocks, 0, 32, 5f);
        Arrays.fill(blocks, 32, 64, -0.01f);

        assertMet(blocks);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE})
    void aValueThatIsNoWeightHarmsNoOtherBlock(float value) {
        var blocks = new float[64];
        blocks[3] = value;
        Arrays.fill(blocks, 32, 64, 0.5f);

        assertThat(Arrays.copyOfRange(decoded(blocks), 32, 64))
                .isEqualTo(decoded(Arrays.copyOfRange(blocks, 32, 64)));
    }

    private static void assertMet(float[] values) {
        var decoded = decoded(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(decoded[i]).as("[%d]", i).isCloseTo(values[i],
                    within(1e-6f * Math.abs(values[i])));
        }
    }

    private static float[] decoded(float[] values) {
        var rows = Q4Rows.quantised(values, values.length);
        var decoded = new float[values.length];
        for (int i = 0; i < decoded.length; i++) {
            int pair = rows.halves()[i / 32 * 16 + i % 16] & 0xff;
            int half = i % 32 < 16 ? pair % 16 : pair / 16;
            decoded[i] = rows.scales()[i / 32] * (half - 8);
        }
        return decoded;
    }
}
