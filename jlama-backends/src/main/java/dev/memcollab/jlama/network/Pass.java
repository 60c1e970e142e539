package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Attention;
import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.jlama.kernel.Products;
import dev.memcollab.jlama.kernel.Team;
import java.lang.foreign.Arena;
import java.util.function.IntConsumer;

/// What a forward pass works with: a row for each token in every matrix.
final class Pass {
    final Products products;
    final Attention attention;
    final Rotation rotation;
    final Matrix hidden;
    final Matrix normed;
    final Matrix queries;
    final Matrix keys;
    final Matrix values;
    final Matrix attended;
    final Matrix gate;
    final Matrix up;
    private final Team team;
    private boolean rounded;

    /// @param rows most tokens of a pass
    Pass(Architecture architecture, Team team, Arena arena, int rows, int positions) {
        this.team = team;
        this.products = new Products(team, arena, rows,
                Math.max(architecture.inner(), architecture.queryWidth()));
        this.attention = new Attention(architecture.attention(), team, positions);
        this.rotation = new Rotation(arena, architecture.attention().headSize(), positions,
                architecture.rotationBase());
        this.hidden = Matrix.zeros(arena, rows, architecture.width());
        this.normed = Matrix.zeros(arena, rows, architecture.width());
        this.queries = Matrix.zeros(arena, rows, architecture.queryWidth());
        this.keys = Matrix.zeros(arena, rows, architecture.keyWidth());
        this.values = Matrix.zeros(arena, rows, architecture.keyWidth());
        this.attended = Matrix.zeros(arena, rows, architecture.queryWidth());
        this.gate = Matrix.zeros(arena, rows, architecture.inner());
        this.up = Matrix.zeros(arena, rows, architecture.inner());
    }

    /// Whether the activations that are taken from now on are rounded.
    void round(boolean rounded) {
        this.rounded = rounded;
    }

    /// Takes the activations that the next products are made of.
    void take(Matrix activations, int rows) {
        products.take(activations, rows, rounded);
    }

    void forEachRow(int rows, IntConsumer action) {
        team.run(rows, action);
    }
}
