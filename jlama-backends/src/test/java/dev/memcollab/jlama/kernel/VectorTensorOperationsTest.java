package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import com.github.tjake.jlama.tensor.operations.NaiveTensorOperations;
import com.github.tjake.jlama.tensor.operations.NativeSimdTensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
class VectorTensorOperationsTest {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33};
    private static final int MOST = 33;
    private static final float UNTOUCHED = -12345f;

    private final TensorOperations ours = new VectorTensorOperations();
    private final TensorOperations naive = new NaiveTensorOperations();

    @Test
    void jlamaPicksTheClassOfItsName() {
        assertThat(TensorOperationsProvider.get()).isInstanceOf(NativeSimdTensorOperations.class);
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {32, 96, 576, 896, 1536, 8960})
    void everyCellOfQ4ProductsIsTheNaiveOne(int depth) {
        everySizeAgrees(depth, new Q4ByteBufferTensor(random(MOST, depth, 2)));
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {1, 7, 20, 32, 64, 96, 128, 576, 1793})
    void everyCellOfFloatProductsIsTheNaiveOne(int depth) {
        everySizeAgrees(depth, random(MOST, depth, 2));
    }

    private void everySizeAgrees(int depth, AbstractTensor<?, ?> b) {
        FloatBufferTensor a = random(MOST, depth, 1);
        var expected = new FloatBufferTensor(MOST, MOST);
        naive.batchDotProduct(expected, a, b, 0, 0, depth, 0, 0, MOST);

        for (int m : SIZES) {
            FloatBufferTensor rows = firstRows(a, m, depth);
            for (int n : SIZES) {
                FloatBufferTensor result = untouched(m, n + 3);
                ours.batchDotProduct(result, rows, b, 0, 0, depth, 0, 0, n);
                assertAgrees(result, expected, m, n, 0, 0, depth);
            }
        }
    }

    static Stream<int[]> parts() {
        int[][] parts = {{0, 0, 32}, {32, 64, 96}, {64, 0, 160}, {1824, 32, 1856}, {32, 32, 3648}};
        return Stream.of(parts);
    }

    @ParameterizedTest(name = "columns {0}")
    @MethodSource("parts")
    void columnsOfBothMayBeginAnywhere(int[] part) {
        int width = 3712;
        FloatBufferTensor a = random(5, width, 3);
        FloatBufferTensor floats = random(9, width, 4);
        for (AbstractTensor<?, ?> b : new AbstractTensor<?, ?>[]{floats,
                new Q4ByteBufferTensor(floats)}) {
            var expected = new FloatBufferTensor(5, 9);
            naive.batchDotProduct(expected, a, b, part[0], part[1], part[2], 0, 0, 9);

            FloatBufferTensor result = untouched(5, 12);
            ours.batchDotProduct(result, a, b, part[0], part[1], part[2], 0, 0, 9);

            assertAgrees(result, expected, 5, 9, 0, 0, part[2]);
        }
    }

    @ParameterizedTest(name = "{0} rows of activations")
    @ValueSource(ints = {1, 3, 4, 6})
    void chunksOfRowsLandInTheirOwnColumns(int m) {
        FloatBufferTensor a = random(m, 96, 5);
        FloatBufferTensor floats = random(MOST, 96, 6);
        for (AbstractTensor<?, ?> b : new AbstractTensor<?, ?>[]{floats,
                new Q4ByteBufferTensor(floats)}) {
            var expected = new FloatBufferTensor(m, MOST);
            naive.batchDotProduct(expected, a, b, 0, 0, 96, 0, 0, MOST);

            FloatBufferTensor result = untouched(m, MOST);
            ours.dotProductChunk(result, a, b, 0, 96, 6, 7);
            ours.dotProductChunk(result, a, b, 0, 96, 13, 20);

            assertAgrees(result, expected, m, 27, 6, 6, 96);
            assertThat(result.get(0, 5)).isEqualTo(UNTOUCHED);
        }
    }

    @Test
    void attentionWritesTheScoresOfAPageAtItsOffset() {
        FloatBufferTensor query = random(1, 192, 7);
        FloatBufferTensor page = random(18, 128, 8);
        var expected = new FloatBufferTensor(1, 18);
        naive.batchDotProduct(expected, query, page, 128, 64, 64, 0, 0, 18);

        FloatBufferTensor scores = untouched(1, 54);
        ours.batchDotProduct(scores, query, page, 128, 64, 64, 36, 0, 18);

        assertAgrees(scores, expected, 1, 18, 36, 0, 64);
        assertThat(scores.get(0, 35)).isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest(name = "{0} positions")
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 16, 17, 18})
    void attentionSumsValuesAsTheNaiveOperationsDo(int positions) {
        FloatBufferTensor scores = random(1, 18, 9);
        FloatBufferTensor page = random(18, 128, 10);
        FloatBufferTensor sum = random(1, 192, 11);
        FloatBufferTensor expected = firstRows(sum, 1, 192);
        for (int i = 0; i < positions; i++) {
            naive.saxpy(scores.get(0, i), page.slice(i), expected, 64, 128, 64);
        }

        ours.saxpy(scores, page, sum, 64, 128, 64, 0, 0, positions);

        assertAgrees(sum, expected, 1, 192, 0, 0, 64);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33})
    void residualsBiasesAndScalesAreTheNaiveOnes(int rows) {
        FloatBufferTensor result = random(rows, 576, 12);
        FloatBufferTensor expected = firstRows(result, rows, 576);
        FloatBufferTensor other = random(rows, 576, 13);
        FloatBufferTensor bias = random(1, 576, 14);
        var embedding = new Q4ByteBufferTensor(random(rows, 576, 15));

        pass(ours, result, bias, other, embedding);
        pass(naive, expected, bias, other, embedding);

        assertAgrees(result, expected, rows, 576, 0, 0, 8);
    }

    private static void pass(TensorOperations operations, FloatBufferTensor target,
            FloatBufferTensor bias, FloatBufferTensor other, Q4ByteBufferTensor embedding) {
        operations.accumulate(target, bias, 0, 576);
        operations.maccumulate(target, other, 0, 576);
        operations.accumulate(target, other, 0, 576);
        operations.accumulate(target, embedding, 0, 576);
        operations.scale(0.125f, target, 0, 576);
    }

    @Test
    void aRangeOutsideATensorIsRefused() {
        FloatBufferTensor a = random(2, 32, 16);
        FloatBufferTensor b = random(3, 32, 17);
        var result = new FloatBufferTensor(2, 3);

        assertThatThrownBy(() -> ours.batchDotProduct(result, a, b, 0, 0, 64, 0, 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("columns of a 0..64 must lie in 0..32");
        assertThatThrownBy(() -> ours.batchDotProduct(result, a, b, 0, 0, 32, 0, 0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("rows of b 0..4 must lie in 0..3");
    }

    private static FloatBufferTensor random(int rows, int columns, long seed) {
        var random = new Random(seed);
        var tensor = new FloatBufferTensor(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                tensor.set((float) random.nextGaussian(), i, k);
            }
        }
        return tensor;
    }

    private static FloatBufferTensor firstRows(FloatBufferTensor tensor, int rows, int columns) {
        var copy = new FloatBufferTensor(rows, columns);
        copy.copyFrom(tensor, 0, 0, rows * columns);
        return copy;
    }

    private static FloatBufferTensor untouched(int rows, int columns) {
        var tensor = new FloatBufferTensor(rows, columns);
        IntStream.range(0, rows * columns)
                .forEach(i -> tensor.set(UNTOUCHED, i / columns, i % columns));
        return tensor;
    }

    /// Compares `rows` × `columns` cells; both sum floats, in different orders.
    private static void assertAgrees(FloatBufferTensor actual, FloatBufferTensor expected,
            int rows, int columns, int actualColumn, int expectedColumn, int depth) {
        double tolerance = 2e-6 * depth + 2e-5;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float cell = actual.get(i, actualColumn + j);
                float right = expected.get(i, expectedColumn + j);
                assertThat(Math.abs((double) cell - right))
                        .as("cell %d, %d of %d × %d: %s against %s", i, j, rows, columns, cell,
                                right)
                        .isLessThanOrEqualTo(tolerance);
            }
        }
        int beyond = actualColumn + columns;
        if (beyond < actual.shape().last()) {
            assertThat(actual.get(rows - 1, beyond)).isEqualTo(UNTOUCHED);
        }
    }
}
