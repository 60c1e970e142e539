package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Keys and values of one layer, for each head position after position; grows with the text.
public final class KeyValues implements AutoCloseable {
    private static final int FIRST = 256;

    private final Attention.Shape shape;
    private final int most;
    private Room room;

    /// Room for a few positions at first.
    ///
    /// @param positions most positions
    public KeyValues(Attention.Shape shape, int positions) {
        this.shape = shape;
        this.most = positions;
        this.room = new Room(shape, Math.min(FIRST, positions));
    }

    /// Makes room for so many positions; keeps what is there.
    public void reserve(int positions) {
        if (positions > most) {
            throw new IllegalArgumentException(
                    "positions must be at most %d, got %d".formatted(most, positions));
        }
        if (positions > room.positions) {
            Room before = room;
            room = new Room(shape, Math.min(most, Math.max(2 * before.positions, positions)));
            room.take(before);
            before.close();
        }
    }

    /// Takes a position's key and value, all heads side by side in a row of each.
    public void put(int position, Matrix key, Matrix value, int row) {
        int size = shape.headSize();
        for (int head = 0; head < shape.keyHeads(); head++) {
            copy(key.address(row, head * size), key(head, position), size);
            copy(value.address(row, head * size), value(head, position), size);
        }
    }

    /// Takes the first positions of another memory; what was here is lost.
    public void take(KeyValues other, int positions) {
        reserve(positions);
        for (int head = 0; head < shape.keyHeads(); head++) {
            copy(other.key(head, 0), key(head, 0), positions * shape.headSize());
            copy(other.value(head, 0), value(head, 0), positions * shape.headSize());
        }
    }

    /// Where a key is; those of the same head follow one another.
    long key(int head, int position) {
        return room.keys.address(head, position * shape.headSize());
    }

    long value(int head, int position) {
        return room.values.address(head, position * shape.headSize());
    }

    private static void copy(long from, long to, int floats) {
        MemorySegment.copy(Memory.ALL, from, Memory.ALL, to, (long) Float.BYTES * floats);
    }

    @Override
    public void close() {
        room.close();
    }

    /// Memory for a number of positions, a row a head.
    private static final class Room implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final int positions;
        private final Matrix keys;
        private final Matrix values;

        Room(Attention.Shape shape, int positions) {
            // A tile reads some positions beyond the last one.
            int columns = (positions + Tiles.ROWS) * shape.headSize();
            this.positions = positions;
            this.keys = Matrix.zeros(arena, shape.keyHeads(), columns);
            this.values = Matrix.zeros(arena, shape.keyHeads(), columns);
        }

        void take(Room smaller) {
            for (int head = 0; head < keys.rows(); head++) {
                copy(smaller.keys.address(head, 0), keys.address(head, 0), smaller.keys.columns());
                copy(smaller.values.address(head, 0), values.address(head, 0),
                        smaller.values.columns());
            }
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
