package dev.memcollab.jlama.network;

import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.tensor.AbstractTensor;
import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.jlama.kernel.Weights;
import java.lang.foreign.Arena;
import java.util.Optional;

/// The tensors of a model by their Hugging Face names, each of the size that it must have.
final class LoadedWeights {
    private final WeightLoader loader;
    private final Arena arena;

    LoadedWeights(WeightLoader loader, Arena arena) {
        this.loader = loader;
        this.arena = arena;
    }

    boolean has(String name) {
        return loader.isWeightPresent(name);
    }

    Weights matrix(String name, int rows, int columns) {
        Weights weights = Weights.of(loader.load(name));
        if (weights.rows() != rows || weights.columns() != columns) {
            throw new IllegalArgumentException("%s must be %d × %d, got %d × %d".formatted(name,
                    rows, columns, weights.rows(), weights.columns()));
        }
        return weights;
    }

    /// A row of floats, copied.
    Matrix vector(String name, int columns) {
        AbstractTensor<?, ?> tensor = loader.load(name);
        if (tensor.shape().last() != columns) {
            throw new IllegalArgumentException("%s must have %d floats, got %d".formatted(name,
                    columns, tensor.shape().last()));
        }
        Matrix row = Matrix.zeros(arena, 1, columns);
        for (int i = 0; i < columns; i++) {
            row.set(0, i, tensor.get(0, i));
        }
        return row;
    }

    Optional<Matrix> vectorIfAny(String name, int columns) {
        return has(name) ? Optional.of(vector(name, columns)) : Optional.empty();
    }
}
