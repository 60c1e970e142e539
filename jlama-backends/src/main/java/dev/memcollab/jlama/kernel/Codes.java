package dev.memcollab.jlama.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Numbers as [Weights] and [ShortTiles] have them, as floats and ints.
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

    /// The float whose upper half is at an address.
    static float bfloat(long at) {
        return Float.intBitsToFloat(Memory.ALL.get(SHORT, at) << 16);
    }

    /// The bits of the floats whose upper halves begin at an address.
    static IntVector bfloats(long at) {
        return ((IntVector) ShortVector
                .fromMemorySegment(HALVES, Memory.ALL, at, ByteOrder.LITTLE_ENDIAN)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, Lanes.INTS, 0))
                .lanewise(VectorOperators.LSHL, 16);
    }

    /// The sum of each int's two shorts.
    static IntVector pairs(long at) {
        IntVector both = Memory.ints(at);
        return both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
                .add(both.lanewise(VectorOperators.ASHR, 16));
    }
}
