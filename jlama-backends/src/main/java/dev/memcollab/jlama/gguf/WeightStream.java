package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Architecture.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/// Converts tensors and writes them one after the other.
///
/// A matrix is cut into bands of rows that a few threads convert while the caller writes them in
/// order. Only a few bands, and the scales of one matrix, are in memory at a time.
final class WeightStream implements AutoCloseable {
    private static final int BAND_VALUES = 1 << 18;
    private static final int MAX_THREADS = 8;

    private final GgufFile gguf;
    private final DurableFile out;
    private final LongConsumer written;
    private final int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1,
            MAX_THREADS);
    private final ExecutorService workers = Executors.newFixedThreadPool(threads,
            Thread.ofPlatform().daemon().name("gguf-import-", 0).factory());

    /// @param written hears after each band how many bytes `out` has got so far
    WeightStream(GgufFile gguf, DurableFile out, LongConsumer written) {
        this.gguf = gguf;
        this.out = out;
        this.written = written;
    }

    void write(Slot slot, TensorInfo tensor) throws IOException, InterruptedException {
        if (slot.shape().size() == 1) {
            writeVector(tensor);
        } else {
            writeMatrix(slot, tensor);
        }
        written.accept(out.bytes());
    }

    private void writeVector(TensorInfo tensor) throws IOException {
        int length = tensor.columns();
        var encoded = new byte[(int) tensor.bytes()];
        gguf.readRow(tensor, 0, encoded, 0);
        var values = new float[length];
        tensor.type().decode(encoded, values, length);
        writeFloats(values, length);
    }

    private void writeMatrix(Slot slot, TensorInfo tensor)
            throws IOException, InterruptedException {
        int rows = (int) tensor.rows();
        int bandRows = Math.clamp(BAND_VALUES / tensor.columns(), 1, rows);
        var scales = new float[Math.multiplyExact(rows, tensor.columns() / Q4Rows.BLOCK)];
        int filled = 0;
        Queue<Future<Q4Rows>> underWay = new ArrayDeque<>();
        for (int next = 0; next < rows || !underWay.isEmpty();) {
            while (next < rows && underWay.size() <= threads) {
                int first = next;
                int count = Math.min(bandRows, rows - first);
                underWay.add(workers.submit(() -> band(slot, tensor, first, count)));
                next += count;
            }
            var band = finished(underWay.remove());
            out.write(band.halves());
            System.arraycopy(band.scales(), 0, scales, filled, band.scales().length);
            filled += band.scales().length;
            written.accept(out.bytes());
        }
        writeFloats(scales, filled);
    }

    private Q4Rows band(Slot slot, TensorInfo tensor, int first, int count) {
        int columns = tensor.columns();
        int rowBytes = (int) tensor.type().bytes(columns);
        var encoded = new byte[count * rowBytes];
        for (int row = 0; row < count; row++) {
            gguf.readRow(tensor, slot.sourceRow(first + row), encoded, row * rowBytes);
        }
        int values = count * columns;
        if (tensor.type() == TensorType.Q4_0) {
            return Q4Rows.copied(encoded, values / Q4Rows.BLOCK);
        }
        var decoded = new float[values];
        tensor.type().decode(encoded, decoded, values);
        return Q4Rows.quantised(decoded, values);
    }

    private static Q4Rows finished(Future<Q4Rows> band) throws InterruptedException {
        try {
            return band.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("converting a tensor failed", e.getCause());
        }
    }

    private void writeFloats(float[] values, int count) throws IOException {
        var buffer = ByteBuffer.allocate(Math.min(count, BAND_VALUES) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < count;) {
            int length = Math.min(BAND_VALUES, count - at);
            buffer.asFloatBuffer().put(values, at, length);
            out.write(buffer.array(), 0, length * Float.BYTES);
            at += length;
        }
    }

    /// Stops the workers, and waits for them: they read memory that is unmapped after this.
    @Override
    public void close() {
        workers.shutdownNow();
        workers.close();
    }
}
