package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import com.github.tjake.jlama.util.MachineSpec;
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
        TensorOperations operations = TensorOperationsProvider.get();
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        boolean fast = operations instanceof VectorTensorOperations && bits > EMULATED_BITS
                && MachineSpec.VECTOR_TYPE != MachineSpec.Type.NONE;
        return new ComputePath(operations.name(), bits, fast);
    }
}
