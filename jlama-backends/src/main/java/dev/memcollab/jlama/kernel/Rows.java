package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.AbstractTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// Rows of floats in memory outside the heap, seen from one column on.
///
/// @param origin bytes from the segment's start to the first row's column
/// @param stride bytes from a row to the next
record Rows(MemorySegment segment, long origin, long stride) {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    static Rows of(AbstractTensor<?, ?> tensor, int row, int column) {
        long origin = (long) Float.BYTES * tensor.getOffset(row, column);
        return new Rows(tensor.getMemorySegment(), origin, (long) Float.BYTES * tensor.getStride());
    }

    /// The offset in bytes of the row's column.
    long at(int row, int column) {
        return origin + row * stride + (long) Float.BYTES * column;
    }

    /// The lanes that begin at an offset in bytes.
    FloatVector lanes(long at) {
        return FloatVector.fromMemorySegment(Lanes.FLOATS, segment, at, ByteOrder.LITTLE_ENDIAN);
    }

    float get(long at) {
        return segment.get(FLOAT, at);
    }

    void set(long at, float value) {
        segment.set(FLOAT, at, value);
    }

    /// Adds to cells that lie side by side or, for the first part of a sum, sets them.
    void put(long at, float[] values, int from, int count, boolean add) {
        for (int i = 0; i < count; i++) {
            long cell = at + (long) Float.BYTES * i;
            set(cell, add ? get(cell) + values[from + i] : values[from + i]);
        }
    }

    void copyTo(float[] target, int to, long at, int length) {
        MemorySegment.copy(segment, FLOAT, at, target, to, length);
    }
}
