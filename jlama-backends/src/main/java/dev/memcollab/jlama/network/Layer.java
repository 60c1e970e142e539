package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Attention;
import dev.memcollab.jlama.kernel.KeyValues;
import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.jlama.kernel.Pointwise;
import dev.memcollab.jlama.kernel.Products.Target;
import dev.memcollab.jlama.kernel.Weights;
import java.util.Optional;

/// One block of a network: x += attention(norm(x)), then x += feedForward(norm(x)).
final class Layer {
    private final Architecture architecture;
    private final Matrix attentionNorm;
    private final Projection query;
    private final Projection key;
    private final Projection value;
    private final Weights output;
    private final Matrix innerNorm;
    private final Weights gate;
    private final Weights up;
    private final Weights down;

    /// Weights and what is added to each of their products.
    private record Projection(Weights weights, Optional<Matrix> bias) {
        Target into(Matrix result, int rows) {
            bias.ifPresent(row -> result.fillRows(row, rows));
            return new Target(weights, result, bias.isPresent());
        }
    }

    Layer(Architecture architecture, int index, LoadedWeights weights) {
        this.architecture = architecture;
        int width = architecture.width();
        String name = "model.layers.%d.".formatted(index);
        this.attentionNorm = weights.vector(name + "input_layernorm.weight", width);
        this.query = projection(weights, name + "self_attn.q_proj", architecture.queryWidth());
        this.key = projection(weights, name + "self_attn.k_proj", architecture.keyWidth());
        this.value = projection(weights, name + "self_attn.v_proj", architecture.keyWidth());
        this.output = weights.matrix(name + "self_attn.o_proj.weight", width,
                architecture.queryWidth());
        this.innerNorm = weights.vector(name + "post_attention_layernorm.weight", width);
        this.gate = weights.matrix(name + "mlp.gate_proj.weight", architecture.inner(), width);
        this.up = weights.matrix(name + "mlp.up_proj.weight", architecture.inner(), width);
        this.down = weights.matrix(name + "mlp.down_proj.weight", width, architecture.inner());
    }

    private Projection projection(LoadedWeights weights, String name, int rows) {
        return new Projection(weights.matrix(name + ".weight", rows, architecture.width()),
                weights.vectorIfAny(name + ".bias", rows));
    }

    /// Takes rows of hidden states, of the positions from `from` on, to what comes after the block.
    void forward(Pass pass, int rows, int from, KeyValues memory) {
        attend(pass, rows, from, memory);
        feedForward(pass, rows);
    }

    private void attend(Pass pass, int rows, int from, KeyValues memory) {
        norm(pass, attentionNorm, rows);
        pass.take(pass.normed, rows);
        pass.products.multiply(query.into(pass.queries, rows), key.into(pass.keys, rows),
                value.into(pass.values, rows));
        memory.reserve(from + rows);
        pass.forEachRow(rows, row -> {
            pass.rotation.turn(pass.queries, row, from + row);
            pass.rotation.turn(pass.keys, row, from + row);
            memory.put(from + row, pass.keys, pass.values, row);
        });
        Attention attention = pass.attention;
        attention.attend(pass.queries, rows, from, memory, pass.attended);
        pass.take(pass.attended, rows);
        pass.products.multiply(new Target(output, pass.hidden, true));
    }

    private void feedForward(Pass pass, int rows) {
        norm(pass, innerNorm, rows);
        pass.take(pass.normed, rows);
        pass.products.multiply(new Target(gate, pass.gate, false),
                new Target(up, pass.up, false));
        pass.forEachRow(rows, row -> Pointwise.swiGlu(pass.gate, pass.up, row));
        pass.take(pass.gate, rows);
        pass.products.multiply(new Target(down, pass.hidden, true));
    }

    private void norm(Pass pass, Matrix factors, int rows) {
        pass.forEachRow(rows, row -> Pointwise.rmsNorm(pass.hidden, row, factors,
                architecture.epsilon(), pass.normed, row));
    }
}
