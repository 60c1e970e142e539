package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.operations.NaiveTensorOperations;
import com.github.tjake.jlama.tensor.operations.PanamaTensorOperations;
import com.github.tjake.jlama.tensor.operations.TensorOperations;
import com.github.tjake.jlama.util.MachineSpec;

/// Jlama's tensor operations with matrix products of our own.
///
/// F32 times Q4 and F32 times F32 are computed here, at any vector width; the rest is left to what
/// Jlama ships: its Panama operations, or the naive ones on a machine it has no vectors for.
@SuppressWarnings("rawtypes") // the interface is written with raw tensors
public class VectorTensorOperations implements TensorOperations {
    /// Parts of a product. Jlama loses rows when a part has fewer rows than it counts as left over,
    /// which can not happen while every dimension of a model is a multiple of this.
    private static final int PARTS = 16;

    private final TensorOperations shipped = shipped();

    private static TensorOperations shipped() {
        return MachineSpec.VECTOR_TYPE == MachineSpec.Type.NONE
                ? new NaiveTensorOperations()
                : new PanamaTensorOperations(MachineSpec.VECTOR_TYPE);
    }

    @Override
    public String name() {
        return "MemCollab %d-bit vectors".formatted(Lanes.FLOATS.vectorBitSize());
    }

    @Override
    public int parallelSplitSize() {
        return PARTS;
    }

    @Override
    public void batchDotProduct(AbstractTensor result, AbstractTensor a, AbstractTensor b,
            int aColumn, int bColumn, int depth, int resultColumn, int bRow, int count) {
        // Jlama counts the result's column from the row of b that is multiplied with it.
        var product = new Product(result, a, b, aColumn, bColumn, depth, resultColumn + bRow, bRow,
                count);
        if (product.isOurs()) {
            product.run();
        } else {
            shipped.batchDotProduct(result, a, b, aColumn, bColumn, depth, resultColumn, bRow,
                    count);
        }
    }

    @Override
    public void accumulate(AbstractTensor a, AbstractTensor b, int offset, int length) {
        shipped.accumulate(a, b, offset, length);
    }

    @Override
    public void maccumulate(AbstractTensor a, AbstractTensor b, int offset, int length) {
        shipped.maccumulate(a, b, offset, length);
    }

    @Override
    public void saxpy(float alpha, AbstractTensor x, AbstractTensor y, int xOffset, int yOffset,
            int length) {
        shipped.saxpy(alpha, x, y, xOffset, yOffset, length);
    }

    @Override
    public void saxpy(AbstractTensor alpha, AbstractTensor x, AbstractTensor y, int xOffset,
            int yOffset, int length, int alphaOffset, int xRow, int count) {
        shipped.saxpy(alpha, x, y, xOffset, yOffset, length, alphaOffset, xRow, count);
    }

    @Override
    public void scale(float factor, AbstractTensor x, int offset, int length) {
        shipped.scale(factor, x, offset, length);
    }

    @Override
    public AbstractTensor quantize(AbstractTensor tensor, DType type, int offset, int length) {
        return shipped.quantize(tensor, type, offset, length);
    }
}
