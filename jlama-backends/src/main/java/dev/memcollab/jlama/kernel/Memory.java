package dev.memcollab.jlama.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Memory outside the heap, by address and unchecked: who calls has checked the range.
///
/// One segment that is a constant of the class costs the compiler a tenth of the nodes that a segment
/// passed in does, and it stops inlining, so that every vector becomes an object, at a number of them.
final class Memory {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
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

    static void put(FloatVector lanes, long address) {
        lanes.intoMemorySegment(ALL, address, ByteOrder.LITTLE_ENDIAN);
    }

    static float get(long address) {
        return ALL.get(FLOAT, address);
    }

    static void set(long address, float value) {
        ALL.set(FLOAT, address, value);
    }
}
