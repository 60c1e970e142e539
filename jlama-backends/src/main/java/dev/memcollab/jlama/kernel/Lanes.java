package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector width of this machine, between 128 and 512 bits.
///
/// All are constants of the class, which the compiler needs to turn a vector operation into an
/// instruction.
final class Lanes {
    static final VectorSpecies<Float> FLOATS = widest();
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    static final VectorSpecies<Short> SHORTS = FLOATS.withLanes(short.class);
    static final int COUNT = FLOATS.length();
    private static final FloatVector ASCENDING = FloatVector.zero(FLOATS).addIndex(1);

    private Lanes() {}

    private static VectorSpecies<Float> widest() {
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        if (bits >= 512) {
            return FloatVector.SPECIES_512;
        }
        return bits == 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }

    /// The largest multiple of the width that is not above `length`.
    static int floor(int length) {
        return length & -COUNT;
    }

    /// A number in the first lane, one more in each that follows.
    static FloatVector ascending(int first) {
        return ASCENDING.add(first);
    }

    static IntVector broadcast(int value) {
        return IntVector.broadcast(INTS, value);
    }
}
