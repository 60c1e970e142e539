package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
class PointwiseTest {
    @Test
    void exponentialsAreRightToSomeUnitsInTheLastPlace() {
        for (float x = -86.9f; x < 87.9f; x += 0.00731f) {
            float e = Pointwise.exp(FloatVector.broadcast(Lanes.FLOATS, x)).lane(0);
            assertThat(e / Math.exp(x)).as("e to the %s", x).isCloseTo(1, within(4e-7));
        }
    }

    @ParameterizedTest(name = "x = {0}")
    @ValueSource(floats = {-1e30f, -200, 200, Float.NEGATIVE_INFINITY})
    void exponentialsBeyondTheFloatsStayFinite(float x) {
        float e = Pointwise.exp(FloatVector.broadcast(Lanes.FLOATS, x)).lane(0);

        assertThat(Float.isFinite(e)).isTrue();
        assertThat(e).isGreaterThan(0);
    }

    @ParameterizedTest(name = "{0} floats")
    @ValueSource(ints = {1, 15, 16, 17, 33, 576, 4864})
    void gatesNormsAndSoftmaxAreWhatTheirFormulasSay(int columns) {
        var random = new RandomMatrices(columns);
        Matrix gate = random.matrix(2, columns);
        Matrix up = random.matrix(2, columns);
        Matrix factors = random.matrix(1, columns);
        Matrix normed = random.matrix(2, columns);
        Matrix scores = random.matrix(1, columns + 16);
        float[] before = gate.row(1);
        float[] scored = scores.row(0);

        Pointwise.rmsNorm(gate, 1, factors, 1e-5f, normed, 0);
        Pointwise.swiGlu(gate, up, 1);
        double log = Pointwise.logSumExp(up, 1);
        Pointwise.softmax(scores.address(0, 0), columns);

        double squares = 0;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < columns; i++) {
            squares += (double) before[i] * before[i];
            sum += Math.exp(up.get(1, i));
            weights += Math.exp(scored[i]);
        }
        assertThat(log).isCloseTo(Math.log(sum), within(1e-6));
        double scale = 1 / Math.sqrt(squares / columns + 1e-5);
        for (int i = 0; i < columns; i++) {
            double x = before[i];
            assertThat((double) normed.get(0, i)).isCloseTo(x * scale * factors.get(0, i),
                    within(1e-5));
            assertThat((double) gate.get(1, i))
                    .isCloseTo(x / (1 + Math.exp(-x)) * up.get(1, i), within(1e-5));
            assertThat((double) scores.get(0, i)).isCloseTo(Math.exp(scored[i]) / weights,
                    within(1e-6));
        }
    }
}
