package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Floats outside the heap, row after row, each row beginning on a cache line.
public final class Matrix {
    private static final int LINE = 64;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final MemorySegment memory;
    private final long address;
    private final int rows;
    private final int columns;
    private final long stride;

    private Matrix(MemorySegment memory, int rows, int columns, long stride) {
        this.memory = memory;
        this.address = memory.address();
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /// All zero.
    public static Matrix zeros(Arena arena, int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "rows and columns must be positive, got %d × %d".formatted(rows, columns));
        }
        long stride = Math.ceilDiv((long) columns * Float.BYTES, LINE) * LINE;
        return new Matrix(arena.allocate(rows * stride, LINE), rows, columns, stride);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /// Bytes from a row to the next.
    long stride() {
        return stride;
    }

    /// Where a cell lies; the first of a row is on a cache line.
    long address(int row, int column) {
        return address + row * stride + (long) Float.BYTES * column;
    }

    public float get(int row, int column) {
        return memory.get(FLOAT, row * stride + (long) Float.BYTES * column);
    }

    public void set(int row, int column, float value) {
        memory.set(FLOAT, row * stride + (long) Float.BYTES * column, value);
    }

    public float[] row(int row) {
        return memory.asSlice(row * stride, (long) Float.BYTES * columns).toArray(FLOAT);
    }

    /// Sets rows to a row.
    public void fillRows(Matrix row, int count) {
        if (row.stride != stride || count > rows) {
            throw new IllegalArgumentException("%d rows of %d floats do not fit %d × %d".formatted(
                    count, row.columns, rows, columns));
        }
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(row.memory, 0, memory, i * stride, stride);
        }
    }

    /// Sets the first rows to zero.
    void clear(int count) {
        memory.asSlice(0, count * stride).fill((byte) 0);
    }
}
