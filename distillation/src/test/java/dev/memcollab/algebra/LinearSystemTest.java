package dev.memcollab.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSystemTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theSolutionGivesTheRightHandSideBack(long seed) {
        var dice = new Random(seed);
        int n = 1 + dice.nextInt(40);
        double[][] factor = new double[n][n];
        double[][] matrix = new double[n][n];
        double[] right = dice.doubles(n).toArray();
        for (double[] row : factor) {
            Arrays.setAll(row, _ -> dice.nextGaussian());
        }
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                matrix[row][column] = row == column ? 1 : 0;
                for (int k = 0; k < n; k++) {
                    matrix[row][column] += factor[row][k] * factor[column][k];
                }
            }
        }

        double[] solution = LinearSystem.of(matrix).solve(right);

        for (int row = 0; row < n; row++) {
            double product = 0;
            for (int column = 0; column < n; column++) {
                product += matrix[row][column] * solution[column];
            }
            assertThat(product).isEqualTo(right[row], within(1e-8));
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearSystem.of(new double[][]{{1, 2}, {2, 1}}))
                .withMessageContaining("pivot 1 is -3.0");
    }
}
