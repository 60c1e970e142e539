package dev.memcollab.jlama.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Memory outside the heap, by address and unchecked: who calls has checked the range.
///
/// One segment that is a constant of the class costs the compiler a tenth of the nodes that a segment
/// passed in does, and it stops inlining, so that every vector becomes an object, at a number of them.
final class Memory {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    static final MemorySegment ALL = everything();

    private Memory() {}

    @SuppressWarnings("restricted") // what "unchecked" means
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    static FloatVector lanes(long address) {
        return FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static IntVector ints(long address) {
        return IntVector.fromMemorySegment(Lanes.INTS, ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static ShortVector shorts(long address) {
        return ShortVector.fromMemorySegment(Lanes.SHORTS, ALL, address,
                ByteOrder.LITTLE_ENDIAN);
    }

    /// A float in all lanes.
    static FloatVector broadcast(long address) {
        return FloatVector.broadcast(Lanes.FLOATS, get(address));
    }

    /// Two shorts in all lanes, in turns.
    static ShortVector broadcastPair(long address) {
        return Lanes.broadcast(getInt(address)).reinterpretAsShorts();
    }

    static void put(ShortVector lanes, long address) {
        lanes.intoMemorySegment(ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static void put(FloatVector lanes, long address) {
        lanes.intoMemorySegment(ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static void put(IntVector lanes, long address) {
        lanes.intoMemorySegment(ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static float get(long address) {
        return ALL.get(FLOAT, address);
    }

    static int getInt(long address) {
        return ALL.get(INT, address);
    }

    static void set(long address, float value) {
        ALL.set(FLOAT, address, value);
    }

    static void set(long address, int value) {
        ALL.set(INT, address, value);
    }
}
