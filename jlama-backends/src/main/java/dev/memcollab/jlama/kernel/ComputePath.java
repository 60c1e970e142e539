package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;

/// How the products of a model's matrices are computed here.
///
/// @param name what computes them
/// @param vectorBits width of the widest vectors that the compiler makes instructions of
/// @param fast whether vectors are used throughout; else models run at a fraction of their speed
public record ComputePath(String name, int vectorBits, boolean fast) {
    /// A compiler that makes no vector instructions prefers this width, and emulates.
    private static final int EMULATED_BITS = 64;

    /// The path that a model opened in this process takes. Needs the module jdk.incubator.vector.
    public static ComputePath here() {
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return new ComputePath(
                "MemCollab %d-bit vectors".formatted(Lanes.FLOATS.vectorBitSize()), bits,
                bits > EMULATED_BITS);
    }
}
