package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.FloatBufferTensor;
import java.lang.foreign.Arena;
import java.util.Random;

/// Seeded floats to test with.
final class RandomMatrices {
    private final Random random;

    RandomMatrices(long seed) {
        this.random = new Random(seed);
    }

    Matrix matrix(int rows, int columns) {
        Matrix matrix = Matrix.zeros(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    FloatBufferTensor tensor(int rows, int columns) {
        var tensor = new FloatBufferTensor(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                tensor.set((float) random.nextGaussian(), row, column);
            }
        }
        return tensor;
    }

    static Matrix filled(int rows, int columns, float value) {
        Matrix matrix = Matrix.zeros(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, value);
            }
        }
        return matrix;
    }
}
