package dev.memcollab.jlama.kernel;

import dev.memcollab.jlama.kernel.Weights.Q4;
import java.lang.foreign.Arena;
import java.util.ArrayList;

/// Products of activations with the transposes of weights:
/// `result[i][j] = Σ x[i][k] · w[j][k]`.
///
/// Activations are made ready once, for all weights that they are multiplied with. Few rows of them
/// are multiplied with Q4 weights as these are read; for more it pays to make floats of a panel of
/// weights first.
public final class Products {
    /// Rows of activations up to which weights are used as they are read.
    static final int FEW = 16;
    /// Parts that weights are cut into for each thread, where they are used as they are read.
    private static final int PARTS = 2;

    private final Team team;
    private final DirectDots direct;
    private final Packed packed;
    private Matrix activations;
    private int rows;

    /// One product of several that are made of the same activations.
    ///
    /// @param add whether it is added to what the result holds
    public record Target(Weights weights, Matrix result, boolean add) {}

    /// Some rows of the weights of a target.
    private record Part(Target target, int row, int count) {}

    /// @param rows most rows of activations
    /// @param depth most columns of them
    public Products(Team team, Arena arena, int rows, int depth) {
        this.team = team;
        this.direct = new DirectDots(arena, Math.min(rows, FEW), depth);
        this.packed = new Packed(arena, rows, depth);
        this.activations = Matrix.zeros(arena, 1, 1);
    }

    /// Takes the first rows of activations, which all following products are made of.
    public void take(Matrix activations, int rows) {
        if (rows < 1 || rows > activations.rows()) {
            throw new IllegalArgumentException(
                    "rows must lie in 1..%d, got %d".formatted(activations.rows(), rows));
        }
        this.activations = activations;
        this.rows = rows;
        if (rows <= FEW) {
            direct.take(activations, rows);
        } else {
            packed.expect(rows);
            team.run(packed.blocks(), block -> packed.pack(block, activations));
        }
    }

    /// Makes the products, all at once.
    public void multiply(Target... targets) {
        var parts = new ArrayList<Part>();
        for (Target target : targets) {
            requireFit(target);
            int size = partSize(target.weights.rows());
            for (int row = 0; row < target.weights.rows(); row += size) {
                parts.add(new Part(target, row, Math.min(size, target.weights.rows() - row)));
            }
        }
        team.run(parts.size(), part -> multiply(parts.get(part)));
    }

    /// Rows of weights in a part. Where weights are used as they are read, long stretches of memory
    /// come faster; else a part is a panel.
    private int partSize(int weightRows) {
        int panel = Scratch.PANEL_ROWS;
        return rows > FEW ? panel : Math.ceilDiv(weightRows, PARTS * team.size() * panel) * panel;
    }

    private void requireFit(Target target) {
        Weights weights = target.weights;
        Matrix result = target.result;
        if (weights.columns() != activations.columns() || weights.rows() > result.columns()
                || rows > result.rows()) {
            throw new IllegalArgumentException(
                    "%d × %d activations times %d × %d weights do not fit a result of %d × %d"
                            .formatted(rows, activations.columns(), weights.rows(),
                                    weights.columns(), result.rows(), result.columns()));
        }
    }

    private void multiply(Part part) {
        if (rows > FEW) {
            panel(part.target, part.row, part.count);
        } else if (part.target.weights instanceof Q4 quantised) {
            direct.multiply(quantised, part.row, part.count, part.target.result, part.row,
                    part.target.add);
        } else {
            dots(part.target, part.row, part.count);
        }
    }

    private void dots(Target target, int row, int count) {
        long floats = Scratch.ofThread().panel();
        int depth = activations.columns();
        for (int k = 0; k < depth; k += Scratch.PANEL_COLUMNS) {
            int columns = Math.min(Scratch.PANEL_COLUMNS, depth - k);
            for (int j = row; j < row + count; j++) {
                target.weights.unpack(j, k, columns, floats);
                for (int i = 0; i < rows; i++) {
                    float sum = Tiles.dot(activations.address(i, k), floats, columns);
                    long to = target.result.address(i, j);
                    Memory.set(to, target.add || k > 0 ? Memory.get(to) + sum : sum);
                }
            }
        }
    }

    private void panel(Target target, int row, int count) {
        long floats = Scratch.ofThread().panel();
        int depth = activations.columns();
        for (int k = 0; k < depth; k += Scratch.PANEL_COLUMNS) {
            int columns = Math.min(Scratch.PANEL_COLUMNS, depth - k);
            long stride = (long) Float.BYTES * columns;
            for (int j = 0; j < count; j++) {
                target.weights.unpack(row + j, k, columns, floats + j * stride);
            }
            for (int block = 0; block < packed.blocks(); block++) {
                multiply(target, row, count, block, k, columns, floats);
            }
        }
    }

    private void multiply(Target target, int row, int count, int block, int k, int columns,
            long floats) {
        long sums = Scratch.ofThread().sums();
        long stride = (long) Float.BYTES * columns;
        for (int j = 0; j < count; j += Tiles.ROWS) {
            Tiles.multiply(packed.address(block, k), floats + j * stride, stride, Float.BYTES,
                    columns, sums);
            scatter(sums, target.result, block, row + j, Math.min(Tiles.ROWS, count - j),
                    target.add || k > 0);
        }
    }

    private void scatter(long sums, Matrix result, int block, int column, int columns,
            boolean add) {
        for (int i = 0; i < packed.rows(block); i++) {
            long to = result.address(block * Tiles.WIDTH + i, column);
            long from = sums + (long) Float.BYTES * i;
            for (int j = 0; j < columns; j++) {
                float sum = Memory.get(from + (long) Float.BYTES * Tiles.WIDTH * j);
                Memory.set(to, add ? Memory.get(to) + sum : sum);
                to += Float.BYTES;
            }
        }
    }
}
