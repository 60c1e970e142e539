package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.util.ArrayList;

/// Products of activations with the transposes of weights:
/// `result[i][j] = Σ x[i][k] · w[j][k]`.
///
/// Activations are made ready once, for all weights of a kind. Few rows of them are multiplied with weights
/// as these are read; for more it pays to make a panel of weights ready first.
public final class Products {
    /// Rows of activations up to which weights are used as they are read.
    static final int FEW = 16;
    /// Parts that weights are cut into for each thread, where they are used as they are read.
    private static final int PARTS = 2;

    private final Team team;
    private final DirectDots exactOfFourBits;
    private final DirectDots exactOfMoreBits;
    private final DirectDots ofFourBits;
    private final DirectDots ofMoreBits;
    private final Panels panels;
    private Matrix activations;
    private int rows;
    private boolean rounded;

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
        int few = Math.min(rows, FEW);
        this.exactOfFourBits = new DirectDots(arena, few, depth, false, 0);
        this.exactOfMoreBits = new DirectDots(arena, few, depth, true, 0);
        this.ofFourBits = new DirectDots(arena, few, depth, false, Rounding.limit(4));
        this.ofMoreBits = new DirectDots(arena, few, depth, true, Rounding.limit(5));
        this.panels = new Panels(team, arena, rows, depth);
        this.activations = Matrix.zeros(arena, 1, 1);
    }

    /// Takes the first rows of activations, which all following products are made of.
    ///
    /// @param rounded whether they may be rounded for it, which costs some of their precision and makes
    ///     products of many rows faster; what becomes of a row does not depend on the others
    public void take(Matrix activations, int rows, boolean rounded) {
        if (rows < 1 || rows > activations.rows()) {
            throw new IllegalArgumentException(
                    "rows must lie in 1..%d, got %d".formatted(activations.rows(), rows));
        }
        this.activations = activations;
        this.rows = rows;
        this.rounded = rounded;
        if (rows > FEW) {
            panels.take(activations, rows, rounded);
        }
        exactOfFourBits.forget();
        exactOfMoreBits.forget();
        ofFourBits.forget();
        ofMoreBits.forget();
    }

    private DirectDots direct(Weights weights) {
        if (!rounded || Rounding.limit(weights.bits()) == 0) {
            return weights.bits() == 4 ? exactOfFourBits : exactOfMoreBits;
        }
        return weights.bits() == 4 ? ofFourBits : ofMoreBits;
    }

    /// Makes the products, all at once.
    public void multiply(Target... targets) {
        var parts = new ArrayList<Part>();
        for (Target target : targets) {
            requireFit(target);
            if (rows > FEW) {
                panels.prepare(target.weights);
            } else {
                direct(target.weights).take(activations, rows);
            }
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
        int panel = Panels.ROWS;
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
        Target target = part.target;
        if (rows > FEW) {
            panels.multiply(target.weights, part.row, part.count, target.result, target.add);
        } else {
            direct(target.weights).multiply(target.weights, part.row, part.count, target.result,
                    target.add);
        }
    }
}
