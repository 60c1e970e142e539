package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.jlama.kernel.Weights;
import dev.memcollab.jlama.network.WeightFile.Tensor;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The tensors of a model by their Hugging Face names, each of the type and shape that it must have.
///
/// The file is mapped for as long as the arena lives. A matrix `X` is quantised: the lower halves of its
/// codes are in `X`, the bits above in `X.high`, scales in `X.scale`, shifts in `X.shift`, as [Weights]
/// tells.
final class LoadedWeights {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final List<Integer> HIGH_BITS = List.of(1, 2, 4);

    private final WeightFile file;
    private final MemorySegment memory;
    private final Arena arena;

    private LoadedWeights(WeightFile file, MemorySegment memory, Arena arena) {
        this.file = file;
        this.memory = memory;
        this.arena = arena;
    }

    static LoadedWeights map(Path path, Arena arena) {
        var file = WeightFile.read(path);
        try (var channel = FileChannel.open(path)) {
            return new LoadedWeights(file,
                    channel.map(MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (IOException e) {
            throw new ModelFailedException("can not map " + path + ": " + e, e);
        }
    }

    boolean has(String name) {
        return file.tensors().containsKey(name);
    }

    Weights matrix(String name, int rows, int columns) {
        int blocks = columns / Weights.BLOCK;
        int highBits = highBits(name, rows, columns);
        return new Weights(memory, 4 + highBits, address(name, "U8", rows, columns / 2),
                highBits == 0 ? 0 : address(name + ".high", "U8", rows, columns / 8 * highBits),
                address(name + ".scale", "BF16", rows, blocks),
                has(name + ".shift") ? address(name + ".shift", "BF16", rows, blocks) : 0, rows,
                columns);
    }

    /// Bits of a code beyond four, by the width of their plane.
    private int highBits(String name, int rows, int columns) {
        if (!has(name + ".high")) {
            return 0;
        }
        var shape = require(name + ".high").shape();
        return HIGH_BITS.stream()
                .filter(bits -> shape.equals(List.of((long) rows, (long) columns / 8 * bits)))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "%s.high must be %d × %d times 1, 2 or 4, got %s".formatted(name, rows,
                                columns / 8, shape)));
    }

    /// A row of floats, copied.
    Matrix vector(String name, int columns) {
        var tensor = require(name, "F32", List.of((long) columns));
        Matrix row = Matrix.zeros(arena, 1, columns);
        for (int i = 0; i < columns; i++) {
            row.set(0, i, memory.get(FLOAT, tensor.offset() + (long) Float.BYTES * i));
        }
        return row;
    }

    Optional<Matrix> vectorIfAny(String name, int columns) {
        return has(name) ? Optional.of(vector(name, columns)) : Optional.empty();
    }

    /// Where a plane is; one that is too near to the file's end to be read beyond its own is copied.
    private long address(String name, String type, int rows, int columns) {
        var tensor = require(name, type, List.of((long) rows, (long) columns));
        if (tensor.offset() + tensor.bytes() + Weights.BEYOND <= memory.byteSize()) {
            return memory.address() + tensor.offset();
        }
        var copy = arena.allocate(tensor.bytes() + Weights.BEYOND);
        MemorySegment.copy(memory, tensor.offset(), copy, 0, tensor.bytes());
        return copy.address();
    }

    private Tensor require(String name, String type, List<Long> shape) {
        var tensor = require(name);
        if (!tensor.type().equals(type) || !tensor.shape().equals(shape)) {
            throw new IllegalArgumentException("%s must be %s of the shape %s, got %s of %s"
                    .formatted(name, type, shape, tensor.type(), tensor.shape()));
        }
        return tensor;
    }

    private Tensor require(String name) {
        var tensor = file.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("%s must be there, and is not".formatted(name));
        }
        return tensor;
    }
}
