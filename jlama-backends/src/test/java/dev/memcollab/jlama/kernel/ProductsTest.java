package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;
import dev.memcollab.jlama.kernel.Products.Target;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with sums of doubles, one after the other.
@Tag("kernel")
class ProductsTest {
    private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 33, 70};
    private static final int[] WEIGHT_ROWS = {1, 2, 3, 5, 31, 33, 70};
    private static final int MOST = 70;
    private static final float UNTOUCHED = -12345f;

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {32, 64, 96, 128, 160, 576, 896, 1536, 1824, 3648, 8960})
    void everyCellOfQ4ProductsIsTheSumOfItsProducts(int depth) {
        everySizeAgrees(depth, new Q4ByteBufferTensor(new RandomMatrices(2).tensor(MOST, depth)));
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {1, 7, 20, 32, 64, 128, 1793})
    void everyCellOfFloatProductsIsTheSumOfItsProducts(int depth) {
        everySizeAgrees(depth, new RandomMatrices(2).tensor(MOST, depth));
    }

    private static void everySizeAgrees(int depth, AbstractTensor<?, ?> tensor) {
        Matrix x = new RandomMatrices(1).matrix(MOST, depth);
        double[][] expected = sums(x, tensor);
        Weights all = Weights.of(tensor);
        for (int threads : new int[]{1, 3}) {
            try (var team = new Team(threads)) {
                var products = new Products(team, Arena.ofAuto(), MOST, depth);
                for (int m : ROWS) {
                    products.take(x, m);
                    for (int n : WEIGHT_ROWS) {
                        Matrix result = RandomMatrices.filled(MOST, n + 3, UNTOUCHED);
                        products.multiply(new Target(first(all, n), result, false));
                        assertAgrees(result, expected, m, n, 0, depth);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} rows of activations")
    @ValueSource(ints = {1, 4, 6, 40})
    void severalProductsAreMadeAtOnceAndAddedWhereAskedFor(int rows) {
        var random = new RandomMatrices(3);
        Matrix x = random.matrix(rows, 160);
        var few = new Q4ByteBufferTensor(random.tensor(5, 160));
        var many = new Q4ByteBufferTensor(random.tensor(70, 160));
        Matrix added = RandomMatrices.filled(rows, 5, 10);
        Matrix set = RandomMatrices.filled(rows, 73, UNTOUCHED);

        try (var team = new Team(2)) {
            var products = new Products(team, Arena.ofAuto(), rows, 160);
            products.take(x, rows);
            products.multiply(new Target(Weights.of(few), added, true),
                    new Target(Weights.of(many), set, false));
        }

        assertAgrees(added, sums(x, few), rows, 5, 10, 160);
        assertAgrees(set, sums(x, many), rows, 70, 0, 160);
    }

    @Test
    void aProductThatDoesNotFitIsRefused() {
        var random = new RandomMatrices(4);
        Weights weights = Weights.of(random.tensor(3, 32));
        try (var team = new Team(1)) {
            var products = new Products(team, Arena.ofAuto(), 2, 64);
            products.take(random.matrix(2, 64), 2);

            assertThatThrownBy(
                    () -> products.multiply(new Target(weights, random.matrix(2, 3), false)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("2 × 64 activations"
                            + " times 3 × 32 weights do not fit a result of 2 × 3");
            assertThatThrownBy(() -> products.take(random.matrix(2, 64), 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows must lie in 1..2, got 3");
        }
    }

    private static Weights first(Weights weights, int rows) {
        return switch (weights) {
            case Weights.F32 f -> new Weights.F32(f.owner(), f.address(), rows, f.columns());
            case Weights.Q4 q -> new Weights.Q4(q.owner(), q.halves(), q.scales(), rows,
                    q.columns());
        };
    }

    private static double[][] sums(Matrix x, AbstractTensor<?, ?> weights) {
        int columns = weights.shape().last();
        double[][] sums = new double[x.rows()][weights.shape().first()];
        for (int j = 0; j < weights.shape().first(); j++) {
            for (int k = 0; k < columns; k++) {
                double w = weights.get(j, k);
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
