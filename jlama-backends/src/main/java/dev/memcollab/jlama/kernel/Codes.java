package dev.memcollab.jlama.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Numbers as [Weights] and [ShortTiles] have them, as floats and ints.
final class Codes {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private Codes() {}

    static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(VectorOperators.I2F, 0);
    }

    /// The float whose upper half is at an address.
    static float bfloat(long at) {
        return Float.intBitsToFloat(Memory.ALL.get(SHORT, at) << 16);
    }

    /// The sum of each int's two shorts.
    static IntVector pairs(long at) {
        IntVector both = Memory.ints(at);
        return both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16)
                .add(both.lanewise(VectorOperators.ASHR, 16));
    }
}
