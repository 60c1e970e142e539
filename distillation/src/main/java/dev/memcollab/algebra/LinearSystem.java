package dev.memcollab.algebra;

/// A x = b for a symmetric, positive definite A, by Cholesky's decomposition A = L·Lᵀ.
public final class LinearSystem {
    private final double[][] lower; // [n][n], L below the diagonal and on it

    private LinearSystem(double[][] lower) {
        this.lower = lower;
    }

    /// Decomposes a matrix.
    ///
    /// @param matrix square, of which the lower triangle is read
    /// @throws IllegalArgumentException when it is not positive definite
    public static LinearSystem of(double[][] matrix) {
        int n = matrix.length;
        var lower = new double[n][n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = matrix[row][column]
                        - dot(lower[row], lower[column], column);
                if (row > column) {
                    lower[row][column] = rest / lower[column][column];
                } else if (rest > 0) {
                    lower[row][row] = Math.sqrt(rest);
                } else {
                    throw new IllegalArgumentException(
                            "matrix must be positive definite, pivot %d is %s"
                                    .formatted(row, rest));
                }
            }
        }
        return new LinearSystem(lower);
    }

    private static double dot(double[] one, double[] other, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /// Solves for a right-hand side.
    ///
    /// @param right as long as the matrix is wide
    public double[] solve(double[] right) {
        int n = lower.length;
        var solution = new double[n];
        for (int row = 0; row < n; row++) {
            solution[row] = (right[row] - dot(lower[row], solution, row)) / lower[row][row];
        }
        for (int row = n - 1; row >= 0; row--) {
            solution[row] /= lower[row][row];
            for (int above = 0; above < row; above++) {
                solution[above] -= lower[row][above] * solution[row];
            }
        }
        return solution;
    }
}
