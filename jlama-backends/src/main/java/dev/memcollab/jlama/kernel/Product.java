package dev.memcollab.jlama.kernel;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.Q4ByteBufferTensor;

/// One matrix product, result = a · bᵀ, on a rectangle of each:
/// `result[i][resultColumn + j] = Σ a[i][aColumn + k] · b[bRow + j][bColumn + k]`.
///
/// @param depth columns that are summed over
/// @param count rows of `b`
record Product(AbstractTensor<?, ?> result, AbstractTensor<?, ?> a, AbstractTensor<?, ?> b,
        int aColumn, int bColumn, int depth, int resultColumn, int bRow, int count) {
    // Panels of b (up to ROWS × COLUMNS) are made in turn; each is multiplied with every row of a,
    // four rows and four columns at a time, before the next is made. A depth above COLUMNS is cut,
    // and later cuts add to the result of the first. A single row of a goes without panels.

    Product {
        requireInside("columns of a", aColumn, depth, a.shape().last());
        requireInside("columns of b", bColumn, depth, b.shape().last());
        requireInside("rows of b", bRow, count, b.shape().first());
        requireInside("columns of the result", resultColumn, count, result.shape().last());
        requireInside("rows of the result", 0, a.shape().first(), result.shape().first());
    }

    /// Vector loads are unchecked under Jlama, so that a wrong range would read foreign memory.
    private static void requireInside(String what, int from, int length, int size) {
        if (from < 0 || length < 0 || from > size - length) {
            throw new IndexOutOfBoundsException(
                    "%s %d..%d must lie in 0..%d".formatted(what, from, from + length, size));
        }
    }

    /// Whether [#run] computes this product; others go to the operations that Jlama ships.
    boolean isOurs() {
        return result.dType() == DType.F32 && a.dType() == DType.F32 && switch (b.dType()) {
            case F32 -> true;
            case Q4 -> isWholeBlocks(bColumn) && isWholeBlocks(depth);
            default -> false;
        };
    }

    private static boolean isWholeBlocks(int columns) {
        return columns % Q4ByteBufferTensor.BLOCK_SIZE == 0;
    }

    void run() {
        if (b.dType() == DType.F32 && (rows() == 1 || depth % Lanes.COUNT != 0)) {
            dots();
        } else if (rows() == 1 && b instanceof Q4ByteBufferTensor quantised) {
            directDots(quantised);
        } else {
            panels();
        }
    }

    private void directDots(Q4ByteBufferTensor weights) {
        Rows from = Rows.of(a, 0, aColumn);
        Rows to = Rows.of(result, 0, resultColumn);
        DirectDots dots = DirectDots.ofThread();
        dots.take(from, from.at(0, 0), depth);
        for (int j = 0; j < count; j++) {
            to.set(to.at(0, j), dots.dot(weights, bRow + j, bColumn, depth));
        }
    }

    private int rows() {
        return a.shape().first();
    }

    private void dots() {
        Rows from = Rows.of(a, 0, aColumn);
        Rows weights = Rows.of(b, bRow, bColumn);
        Rows to = Rows.of(result, 0, resultColumn);
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < count; j++) {
                float sum = Tiles.dot(from, from.at(i, 0), weights, weights.at(j, 0), depth);
                to.set(to.at(i, j), sum);
            }
        }
    }

    private void panels() {
        Rows from = Rows.of(a, 0, aColumn);
        Rows to = Rows.of(result, 0, resultColumn);
        Panel panel = Panel.ofThread();
        for (int j = 0; j < count; j += Panel.ROWS) {
            int panelRows = Math.min(Panel.ROWS, count - j);
            for (int k = 0; k < depth; k += Panel.COLUMNS) {
                fill(panel, bRow + j, panelRows, bColumn + k, Math.min(Panel.COLUMNS, depth - k));
                multiply(from, k, panel, panelRows, to, j);
            }
        }
    }

    private void fill(Panel panel, int row, int rows, int column, int columns) {
        if (b instanceof Q4ByteBufferTensor quantised) {
            panel.dequantise(quantised, row, rows, column, columns);
        } else {
            panel.copy(Rows.of(b, 0, 0), row, rows, column, columns);
        }
    }

    private void multiply(Rows from, int k, Panel panel, int panelRows, Rows to, int column) {
        int i = 0;
        for (; i + 4 <= rows(); i += 4) {
            fourRows(from, from.at(i, k), panel, panelRows, to, to.at(i, column), k > 0);
        }
        for (; i < rows(); i++) {
            oneRow(from, from.at(i, k), panel, 0, panelRows, to, to.at(i, column), k > 0);
        }
    }

    private static void fourRows(Rows from, long at, Panel panel, int panelRows, Rows to,
            long target, boolean add) {
        int j = 0;
        for (; j + 4 <= panelRows; j += 4) {
            Tiles.fourByFour(from, at, panel, j * panel.depth());
            for (int i = 0; i < 4; i++) {
                to.put(target + i * to.stride() + 4L * j, panel.sums, 4 * i, 4, add);
            }
        }
        for (int i = 0; i < 4 && j < panelRows; i++) {
            oneRow(from, at + i * from.stride(), panel, j, panelRows, to, target + i * to.stride(),
                    add);
        }
    }

    private static void oneRow(Rows from, long at, Panel panel, int j, int panelRows, Rows to,
            long target, boolean add) {
        for (; j + 4 <= panelRows; j += 4) {
            Tiles.oneByFour(from, at, panel, j * panel.depth());
            to.put(target + 4L * j, panel.sums, 0, 4, add);
        }
        for (; j < panelRows; j++) {
            panel.sums[0] = Tiles.oneByOne(from, at, panel, j * panel.depth());
            to.put(target + 4L * j, panel.sums, 0, 1, add);
        }
    }
}
