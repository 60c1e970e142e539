package dev.memcollab.jlama.gguf;

import java.util.List;

/// A tensor as a GGUF file's header announces it.
///
/// @param shape slowest dimension first: [rows, columns] of a matrix
/// @param offset where its bytes begin, from the start of the file
public record TensorInfo(String name, TensorType type, List<Integer> shape, long offset) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    public int columns() {
        return shape.getLast();
    }

    /// The number of rows: the product of all dimensions but the last.
    public long rows() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b)
                / columns();
    }

    public long bytes() {
        return rows() * type.bytes(columns());
    }
}
