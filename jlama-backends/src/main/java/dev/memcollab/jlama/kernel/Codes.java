package dev.memcollab.jlama.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Numbers of [Weights] as floats.
final class Codes {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VectorSpecies<Short> HALVES = switch (Lanes.COUNT) {
        case 16 -> ShortVector.SPECIES_256;
        case 8 -> ShortVector.SPECIES_128;
        default -> ShortVector.SPECIES_64;
    };

    private Codes() {}

    static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(VectorOperators.I2F, 0);
    }

    /// The sum of a vector of floats.
    static float sum(long at) {
        return Memory.lanes(at).reduceLanes(VectorOperators.ADD);
    }

    /// The float whose upper half is at an address.
    static float bfloat(long at) {
        return Float.intBitsToFloat(Memory.ALL.get(SHORT, at) << 16);
    }

    /// Writes the floats whose upper halves begin at an address, up to a vector more than asked for.
    static void bfloats(long from, int count, long target) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            Memory.put(((IntVector) ShortVector
                    .fromMemorySegment(HALVES, Memory.ALL, from + (long) Short.BYTES * i,
                            ByteOrder.LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, Lanes.INTS, 0))
                    .lanewise(VectorOperators.LSHL, 16), target + (long) Float.BYTES * i);
        }
    }

    /// The sum of each int's two shorts.
    static IntVector pairs(long at) {
        IntVector both = Memory.ints(at);
        return both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
                .add(both.lanewise(VectorOperators.ASHR, 16));
    }
}
