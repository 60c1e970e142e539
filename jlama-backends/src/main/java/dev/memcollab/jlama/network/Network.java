package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.jlama.kernel.Pointwise;
import dev.memcollab.jlama.kernel.Products.Target;
import dev.memcollab.jlama.kernel.Team;
import dev.memcollab.jlama.kernel.Weights;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A decoder of the llama family: tokens in, logits out; for one thread at a time.
///
/// Keys and values of a text's tokens are kept in a [TextMemory]; a pass from position p on overwrites
/// those from p on.
public final class Network implements AutoCloseable {
    /// Most tokens of a pass.
    public static final int MOST_ROWS = 256;
    /// Positions whose tokens are read with exact activations.
    private static final int EXACT = 64;
    /// Rows of logits at a time.
    private static final int SCORED = 32;

    private final Architecture architecture;
    private final Team team;
    private final Arena arena = Arena.ofShared();
    private final Weights embedding;
    private final List<Layer> layers = new ArrayList<>();
    private final Matrix outputNorm;
    private final Weights head;
    private final Pass pass;
    private final int positions;
    private final Matrix chosen;
    private final Matrix logits;

    /// Maps the weights of a `model.safetensors`, until it is closed.
    ///
    /// @throws IllegalArgumentException naming a tensor that is missing, or not as it must be
    public Network(Architecture architecture, Path weightFile, Team team, int positions) {
        this.architecture = architecture;
        this.team = team;
        this.positions = positions;
        try {
            var weights = LoadedWeights.map(weightFile, arena);
            int width = architecture.width();
            int vocabulary = architecture.vocabulary();
            this.embedding = weights.matrix("model.embed_tokens.weight", vocabulary, width);
            for (int i = 0; i < architecture.layers(); i++) {
                layers.add(new Layer(architecture, i, weights));
            }
            this.outputNorm = weights.vector("model.norm.weight", width);
            this.head = weights.has("lm_head.weight")
                    ? weights.matrix("lm_head.weight", vocabulary, width)
                    : embedding;
            this.pass = new Pass(architecture, team, arena, MOST_ROWS, positions);
            this.chosen = Matrix.zeros(arena, SCORED, width);
            this.logits = Matrix.zeros(arena, SCORED, vocabulary);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    public int vocabulary() {
        return architecture.vocabulary();
    }

    /// Memory for a text that has not been read.
    public TextMemory newMemory() {
        return new TextMemory(architecture, positions);
    }

    /// Most tokens that are read at once from a position on.
    public static int most(int from) {
        return from < EXACT ? EXACT - from : MOST_ROWS;
    }

    /// Reads tokens from a position on, up to [#most]; their hidden states stay until the next.
    ///
    /// Activations are rounded from some position on, so that long texts are read faster. It depends on
    /// nothing but the position, so that a text is the same however it is cut.
    public void read(TextMemory memory, int[] tokens, int from) throws InterruptedException {
        if (tokens.length > most(from)) {
            throw new IllegalArgumentException(
                    "tokens read from position %d must be at most %d, got %d"
                            .formatted(from, most(from), tokens.length));
        }
        forward(memory, tokens, from, from >= EXACT);
    }

    /// Runs tokens, up to [#MOST_ROWS], with exact activations: those that a model has chosen, or may.
    public void forward(TextMemory memory, int[] tokens, int from) throws InterruptedException {
        forward(memory, tokens, from, false);
    }

    private void forward(TextMemory memory, int[] tokens, int from, boolean rounded)
            throws InterruptedException {
        pass.round(rounded);
        for (int row = 0; row < tokens.length; row++) {
            embedding.unpack(tokens[row], pass.hidden, row);
        }
        for (int i = 0; i < layers.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            layers.get(i).forward(pass, tokens.length, from, memory.layer(i));
        }
    }

    /// The logits after a token of the last pass.
    public float[] logits(int row) {
        return logits(row, 1)[0];
    }

    /// The logits after tokens of the last pass, a row each.
    ///
    /// @param count of them, in a single product
    public float[][] logits(int row, int count) {
        product(row, count);
        var found = new float[count][];
        Arrays.setAll(found, logits::row);
        return found;
    }

    /// ln p of tokens, each after a token of the last pass.
    ///
    /// @param next for each row of the pass, from the first on, the token that follows
    public double[] logProbabilities(int[] next) {
        double[] found = new double[next.length];
        for (int from = 0; from < next.length; from += SCORED) {
            int first = from;
            int count = Math.min(SCORED, next.length - from);
            product(first, count);
            team.run(count, row -> found[first + row] = logits.get(row, next[first + row])
                    - Pointwise.logSumExp(logits, row));
        }
        return found;
    }

    private void product(int from, int count) {
        for (int row = 0; row < count; row++) {
            Pointwise.rmsNorm(pass.hidden, from + row, outputNorm, architecture.epsilon(), chosen,
                    row);
        }
        pass.products.take(chosen, count, false);
        pass.products.multiply(new Target(head, logits, false));
    }

    /// Unmaps the weights; nothing may be computed after it.
    @Override
    public void close() {
        arena.close();
    }
}
