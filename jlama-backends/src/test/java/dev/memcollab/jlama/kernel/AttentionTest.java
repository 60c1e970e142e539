package dev.memcollab.jlama.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.jlama.kernel.Attention.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares with softmax and sums of doubles, one after the other.
@Tag("kernel")
class AttentionTest {
    private static final int CONTEXT = 600;

    @ParameterizedTest(name = "{0} queries from position {1}, {2} heads on {3} of {4}")
    @CsvSource({"1, 0, 2, 1, 64", "1, 5, 4, 2, 64", "3, 17, 6, 3, 64", "8, 0, 2, 2, 128",
            "9, 0, 2, 1, 64", "33, 0, 4, 2, 64", "70, 300, 2, 1, 128", "256, 0, 2, 1, 64",
            "40, 555, 4, 4, 32", "1, 599, 2, 1, 64", "5, 100, 2, 1, 16"})
    void eachQuerySeesAllPositionsUpToItsOwn(int rows, int from, int heads, int keyHeads,
            int size) {
        var shape = new Shape(heads, keyHeads, size);
        var random = new RandomMatrices(rows + from);
        int positions = from + rows;
        Matrix keys = random.matrix(positions, keyHeads * size);
        Matrix values = random.matrix(positions, keyHeads * size);
        Matrix queries = random.matrix(rows, heads * size);
        Matrix target = RandomMatrices.filled(rows, heads * size, -1);

        try (var team = new Team(2); var memory = new KeyValues(shape, CONTEXT)) {
            for (int position = 0; position < positions; position++) {
                memory.reserve(position + 1);
                memory.put(position, keys, values, position);
            }
            new Attention(shape, team, CONTEXT).attend(queries, rows, from, memory, target);
        }

        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < heads; head++) {
                double[] expected = attended(shape, queries, row, head, from, keys, values);
                for (int i = 0; i < size; i++) {
                    assertThat(Math.abs(target.get(row, head * size + i) - expected[i]))
                            .as("row %d, head %d, float %d", row, head, i).isLessThan(2e-5);
                }
            }
        }
    }

    private static double[] attended(Shape shape, Matrix queries, int row, int head, int from,
            Matrix keys, Matrix values) {
        int size = shape.headSize();
        int column = shape.keyHead(head) * size;
        double[] sum = new double[size];
        double all = 0;
        for (int position = 0; position <= from + row; position++) {
            double score = 0;
            for (int i = 0; i < size; i++) {
                score += (double) queries.get(row, head * size + i)
                        * keys.get(position, column + i);
            }
            double weight = Math.exp(score / Math.sqrt(size));
            all += weight;
            for (int i = 0; i < size; i++) {
                sum[i] += weight * values.get(position, column + i);
            }
        }
        for (int i = 0; i < size; i++) {
            sum[i] /= all;
        }
        return sum;
    }

    @Test
    void headsThatCannotBeSharedOutAreRefused() {
        assertThatThrownBy(() -> new Shape(5, 2, 64)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heads must be a multiple of keyHeads");
        assertThatThrownBy(() -> new Shape(4, 2, 65)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headSize one of");
    }

    @Test
    void moreThanTheContextIsRefused() {
        try (var memory = new KeyValues(new Shape(2, 1, 64), 10)) {
            assertThatThrownBy(() -> memory.reserve(11))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("positions must be at most 10, got 11");
        }
    }
}
