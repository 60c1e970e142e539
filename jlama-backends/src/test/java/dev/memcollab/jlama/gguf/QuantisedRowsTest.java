package dev.memcollab.jlama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class QuantisedRowsTest {
    /// Half of BF16's last bit, relative.
    private static final double BF16 = 0x1p-8;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"F32", "F16", "BF16", "Q6_K"})
    void codesAreKeptAndOnlyScaleAndShiftAreRounded(TensorType type) throws IOException {
        var encoded = TestFiles.bytes(type + ".encoded.bin");
        var expected = TestFiles.floats(type + ".decoded.bin");

        var rows = QuantisedRows.of(type, encoded, 1, expected.length);

        var format = RowFormat.of(type);
        var values = new SlowBlocks(format, expected.length, rows.planes()).values();
        for (int at = 0; at < expected.length; at += 32) {
            var block = Arrays.copyOfRange(expected, at, at + 32);
            double most = most(block);
            for (int i = 0; i < 32; i++) {
                assertThat((double) values[at + i]).as("%s[%d]", type, at + i).isCloseTo(block[i],
                        within(BF16 * 3 * most));
            }
            assertThat(levels(Arrays.copyOfRange(values, at, at + 32)))
                    .isEqualTo(levels(block));
        }
    }

    /// Which values of a block are the same: what codes it has, but for their numbers.
    private static long levels(float[] block) {
        long same = 0;
        for (int i = 1; i < block.length; i++) {
            same = 2 * same + (block[i] == block[i - 1] ? 1 : 0);
        }
        return same;
    }

    private static double most(float[] block) {
        double most = 0;
        for (float value : block) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q6_K"})
    void otherTypesAreRoundedNoWorseThanPlainly(TensorType type) throws IOException {
        var expected = TestFiles.floats(type + ".decoded.bin");
        var format = RowFormat.of(type);

        var values = new SlowBlocks(format, expected.length, QuantisedRows.of(type,
                TestFiles.bytes(type + ".encoded.bin"), 1, expected.length).planes()).values();

        for (int at = 0; at < expected.length; at += 32) {
            var wanted = Arrays.copyOfRange(expected, at, at + 32);
            assertThat(squaredError(Arrays.copyOfRange(values, at, at + 32), wanted))
                    .as("%s[%d]", type, at)
                    .isLessThanOrEqualTo(squaredError(plainlyRounded(wanted, format), wanted));
        }
    }

    private static double squaredError(float[] values, float[] wanted) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.pow((double) values[i] - wanted[i], 2);
        }
        return sum;
    }

    /// The obvious way: a step that just takes the value of largest magnitude in, rounded to BF16.
    private static float[] plainlyRounded(float[] block, RowFormat format) {
        float extreme = 0;
        for (float value : block) {
            extreme = Math.abs(value) > Math.abs(extreme) ? value : extreme;
        }
        int middle = 1 << (format.bits() - 1);
        float step = Float.intBitsToFloat(
                QuantisedRows.bfloat16(-extreme / (middle + 0.5f)) << 16);
        var rounded = new float[block.length];
        for (int i = 0; i < block.length; i++) {
            rounded[i] = step * Math.clamp(Math.round(block[i] / step), -middle, middle - 1);
        }
        return rounded;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 8})
    void zerosStayZeros(int bits) {
        assertThat(rounded(bits, new float[32])).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(floats = {1f, -1f, 0.001f, -3e4f, 1e-30f})
    void aSingleValueIsMetAndItsNeighboursStayZero(float value) {
        for (int bits : new int[]{4, 5, 6, 8}) {
            var block = new float[32];
            block[19] = value;

            var rounded = rounded(bits, block);

            assertThat(rounded[19]).isCloseTo(value,
                    within((float) (2 * BF16) * Math.abs(value)));
            rounded[19] = 0;
            assertThat(rounded).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 8})
    void valuesThatAreStepsAlreadyAreMet(int bits) {
        int codes = 1 << bits;
        var block = new float[8 * codes];
        var random = new Random(bits);
        for (int i = 0; i < block.length; i++) {
            block[i] = 0.25f * (i % 32 == 7 ? -codes / 2 : random.nextInt(codes) - codes / 2);
        }

        assertThat(rounded(bits, block)).isEqualTo(block);
    }

    @Test
    void eachBlockHasAScaleOfItsOwn() {
        var blocks = new float[64];
        Arrays.fill(blocks, 0, 32, 4f);
        Arrays.fill(blocks, 32, 64, -0.0078125f);

        assertThat(rounded(6, blocks)).isEqualTo(blocks);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 28, 33})
    void rowsOfAnyNumberOfBlocksAreTheirOwn(int blocks) {
        for (int bits : new int[]{4, 5, 6, 8}) {
            int codes = 1 << bits;
            var rows = new float[3 * 32 * blocks];
            var random = new Random(bits);
            for (int i = 0; i < rows.length; i++) {
                rows[i] = i % 32 == 7 ? -codes / 2 : random.nextInt(codes) - codes / 2;
            }
            var format = new RowFormat(bits, false);

            var planes = QuantisedRows.rounded(format, rows, 32 * blocks).planes();

            assertThat(new SlowBlocks(format, 32 * blocks, planes).values()).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE})
    void aValueThatIsNoWeightHarmsNoOtherBlock(float value) {
        var blocks = new float[64];
        blocks[3] = value;
        Arrays.fill(blocks, 32, 64, 0.5f);

        assertThat(Arrays.copyOfRange(rounded(6, blocks), 32, 64))
                .isEqualTo(rounded(6, Arrays.copyOfRange(blocks, 32, 64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3f800000 3f80", "3f808000 3f80", "3f808001 3f81", "3f818000 3f82",
            "bf817fff bf81", "7f7fffff 7f80", "7f800001 7fc0", "00000001 0"})
    void bfloat16IsTheNearestAndTheEvenOneOfTwo(String pair) {
        var bits = pair.split(" ", 2);

        assertThat(QuantisedRows
                .bfloat16(Float.intBitsToFloat(Integer.parseUnsignedInt(bits[0], 16))) & 0xffff)
                .isEqualTo(Integer.parseInt(bits[1], 16));
    }

    private static float[] rounded(int bits, float[] values) {
        var format = new RowFormat(bits, false);
        return new SlowBlocks(format, values.length,
                QuantisedRows.rounded(format, values, values.length).planes()).values();
    }
}
