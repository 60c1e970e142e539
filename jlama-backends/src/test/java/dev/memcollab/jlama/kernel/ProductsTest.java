package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.memcollab.jlama.kernel.Products.Target;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with sums of doubles, one after the other; where activations may be rounded, of rounded ones.
@Tag("kernel")
class ProductsTest {
    private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 70};
    private static final int[] WEIGHT_ROWS = {1, 2, 3, 5, 31, 33, 70};
    private static final int MOST = 70;
    private static final float UNTOUCHED = -12345f;

    @ParameterizedTest(name = "{0} bits, shift {1}, depth {2}")
    @CsvSource({"4, false, 32", "4, true, 64", "4, true, 1536", "4, false, 8960", "5, false, 96",
            "5, true, 544", "5, false, 896", "6, false, 128", "6, true, 1824", "6, false, 8960",
            "8, false, 160", "8, true, 576", "8, false, 896", "8, false, 3648"})
    void everyCellIsTheSumOfItsProducts(int bits, boolean shifted, int depth) {
        Matrix x = new RandomMatrices(1).matrix(MOST, depth);
        Weights all = new RandomMatrices(2).weights(bits, shifted, MOST, depth);
        double[][] exact = sums(x, all);
        double[][] rounded = sums(rounded(x, bits), all);
        for (int threads : new int[]{1, 3}) {
            try (var team = new Team(threads)) {
                var products = new Products(team, Arena.ofAuto(), MOST, depth);
                for (int m : ROWS) {
                    for (boolean rounds : new boolean[]{false, true}) {
                        products.take(x, m, rounds);
                        for (int n : WEIGHT_ROWS) {
                            Matrix result = RandomMatrices.filled(MOST, n + 3, UNTOUCHED);
                            products.multiply(new Target(first(all, n), result, false));
                            assertAgrees(result, rounds ? rounded : exact, m, n, 0, depth);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} rows of activations")
    @ValueSource(ints = {1, 4, 6, 40, 65})
    void severalProductsAreMadeAtOnceAndAddedWhereAskedFor(int rows) {
        var random = new RandomMatrices(3);
        Matrix x = random.matrix(rows, 160);
        var few = random.weights(8, false, 5, 160);
        var many = random.weights(4, true, 70, 160);
        var others = random.weights(6, false, 33, 160);
        Matrix added = RandomMatrices.filled(rows, 5, 10);
        Matrix set = RandomMatrices.filled(rows, 73, UNTOUCHED);
        Matrix third = RandomMatrices.filled(rows, 33, UNTOUCHED);

        try (var team = new Team(2)) {
            var products = new Products(team, Arena.ofAuto(), rows, 160);
            products.take(x, rows, true);
            products.multiply(new Target(few, added, true), new Target(many, set, false),
                    new Target(others, third, false));
        }

        assertAgrees(added, sums(x, few), rows, 5, 10, 160);
        assertAgrees(set, sums(rounded(x, 4), many), rows, 70, 0, 160);
        assertAgrees(third, sums(rounded(x, 6), others), rows, 33, 0, 160);
    }

    @Test
    void aRowOfActivationsHasTheSameSumsAloneAndWithOthers() {
        var random = new RandomMatrices(5);
        Matrix x = random.matrix(3, 1088);
        for (int bits : new int[]{4, 5, 6, 8}) {
            var weights = random.weights(bits, bits == 4, 9, 1088);
            Matrix alone = RandomMatrices.filled(3, 9, UNTOUCHED);
            Matrix together = RandomMatrices.filled(3, 9, UNTOUCHED);
            try (var team = new Team(2)) {
                var products = new Products(team, Arena.ofAuto(), 3, 1088);
                products.take(x, 3, false);
                products.multiply(new Target(weights, together, false));
                products.take(x, 1, false);
                products.multiply(new Target(weights, alone, false));
            }

            for (int j = 0; j < 9; j++) {
                assertThat(alone.get(0, j)).as("%d bits, row %d", bits, j)
                        .isCloseTo(together.get(0, j), offset(1e-4f));
            }
        }
    }

    @Test
    void zerosAndSingleLargeActivationsAreNoTrouble() {
        Matrix x = RandomMatrices.filled(65, 64, 0);
        x.set(3, 5, 1e30f);
        x.set(4, 40, -1e-30f);
        var weights = new RandomMatrices(6).weights(4, false, 3, 64);
        Matrix result = RandomMatrices.filled(65, 3, UNTOUCHED);
        try (var team = new Team(1)) {
            var products = new Products(team, Arena.ofAuto(), 65, 64);
            products.take(x, 65, true);
            products.multiply(new Target(weights, result, false));
        }

        assertThat(result.get(0, 0)).isEqualTo(0);
        assertThat(result.get(3, 1) / 1e30f).isCloseTo(RandomMatrices.weight(weights, 1, 5),
                offset(1e-5f));
        assertThat(result.get(4, 2) / -1e-30f).isCloseTo(RandomMatrices.weight(weights, 2, 40),
                offset(1e-5f));
    }

    @Test
    void aProductThatDoesNotFitIsRefused() {
        var random = new RandomMatrices(4);
        Weights weights = random.weights(4, false, 3, 32);
        try (var team = new Team(1)) {
            var products = new Products(team, Arena.ofAuto(), 2, 64);
            products.take(random.matrix(2, 64), 2, false);

            assertThatThrownBy(
                    () -> products.multiply(new Target(weights, random.matrix(2, 3), false)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("2 × 64 activations"
                            + " times 3 × 32 weights do not fit a result of 2 × 3");
            assertThatThrownBy(() -> products.take(random.matrix(2, 64), 3, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows must lie in 1..2, got 3");
        }
    }

    private static Weights first(Weights all, int rows) {
        return new Weights(all.owner(), all.bits(), all.low(), all.high(), all.scale(),
                all.shift(), rows, all.columns());
    }

    /// Activations as whole numbers of a block's scale, with eight bits as they are.
    private static Matrix rounded(Matrix x, int bits) {
        if (bits == 8) {
            return x;
        }
        int limit = bits == 4 ? 255 : 127;
        Matrix rounded = Matrix.zeros(Arena.ofAuto(), x.rows(), x.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int block = 0; block < x.columns(); block += 32) {
                float most = 0;
                for (int k = block; k < block + 32; k++) {
                    most = Math.max(most, Math.abs(x.get(i, k)));
                }
                float step = most / limit;
                for (int k = block; k < block + 32; k++) {
                    rounded.set(i, k, (float) Math.rint(1 / step * x.get(i, k)) * step);
                }
            }
        }
        return rounded;
    }

    private static double[][] sums(Matrix x, Weights weights) {
        double[][] sums = new double[x.rows()][weights.rows()];
        for (int j = 0; j < weights.rows(); j++) {
            for (int k = 0; k < weights.columns(); k++) {
                double w = RandomMatrices.weight(weights, j, k);
                for (int i = 0; i < x.rows(); i++) {
                    sums[i][j] += x.get(i, k) * w;
                }
            }
        }
        return sums;
    }

    private static void assertAgrees(Matrix result, double[][] expected, int rows, int columns,
            double before, int depth) {
        double tolerance = 2e-6 * depth + 2e-5;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double right = before + expected[i][j];
                assertThat(Math.abs(result.get(i, j) - right)).as(
                        "cell %d, %d of %d × %d: %s against %s", i, j, rows, columns,
                        result.get(i, j), right).isLessThanOrEqualTo(tolerance);
            }
        }
        if (columns < result.columns()) {
            assertThat(result.get(rows - 1, columns)).isEqualTo(UNTOUCHED);
        }
        if (rows < result.rows()) {
            assertThat(result.get(rows, 0)).isEqualTo(UNTOUCHED);
        }
    }
}
