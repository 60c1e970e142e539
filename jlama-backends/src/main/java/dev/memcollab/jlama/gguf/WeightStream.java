package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.Architecture.Slot;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/// Converts tensors and writes them one after the other.
///
/// A matrix is cut into bands of rows that a few threads convert while the caller writes them in
/// order. Only a few bands, and of one matrix the planes after the first, are in memory at a time.
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
        writeFloats(values);
    }

    private void writeMatrix(Slot slot, TensorInfo tensor)
            throws IOException, InterruptedException {
        int rows = (int) tensor.rows();
        int bandRows = Math.clamp(BAND_VALUES / tensor.columns(), 1, rows);
        Queue<Future<QuantisedRows>> underWay = new ArrayDeque<>();
        try (var later = new LaterPlanes(slot, tensor)) {
            for (int next = 0; next < rows || !underWay.isEmpty();) {
                while (next < rows && underWay.size() <= threads) {
                    int first = next;
                    int count = Math.min(bandRows, rows - first);
                    underWay.add(workers.submit(() -> band(slot, tensor, first, count)));
                    next += count;
                }
                var planes = finished(underWay.remove()).planes();
                out.write(planes.getFirst());
                later.add(planes.subList(1, planes.size()));
                written.accept(out.bytes());
            }
            later.writeTo(out);
        }
    }

    private QuantisedRows band(Slot slot, TensorInfo tensor, int first, int count) {
        int rowBytes = (int) tensor.type().bytes(tensor.columns());
        var encoded = new byte[count * rowBytes];
        for (int row = 0; row < count; row++) {
            gguf.readRow(tensor, slot.sourceRow(first + row), encoded, row * rowBytes);
        }
        return QuantisedRows.of(tensor.type(), encoded, count, tensor.columns());
    }

    private static QuantisedRows finished(Future<QuantisedRows> band) throws InterruptedException {
        try {
            return band.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("converting a tensor failed", e.getCause());
        }
    }

    private void writeFloats(float[] values) throws IOException {
        var buffer = ByteBuffer.allocate(values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        out.write(buffer.array());
    }

    /// Stops the workers, and waits for them: they read memory that is unmapped after this.
    @Override
    public void close() {
        workers.shutdownNow();
        workers.close();
    }

    /// The planes of a matrix that come after its first, outside the heap until their turn comes.
    private static final class LaterPlanes implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        private final List<MemorySegment> planes = new ArrayList<>();
        private final long[] filled;

        LaterPlanes(Slot slot, TensorInfo tensor) {
            var entries = RowFormat.of(tensor.type()).planes(slot.to(), (int) tensor.rows(),
                    tensor.columns());
            entries.stream().skip(1).forEach(plane -> planes.add(arena.allocate(plane.bytes())));
            this.filled = new long[planes.size()];
        }

        void add(List<byte[]> band) {
            for (int i = 0; i < filled.length; i++) {
                byte[] plane = band.get(i);
                MemorySegment.copy(plane, 0, planes.get(i), ValueLayout.JAVA_BYTE, filled[i],
                        plane.length);
                filled[i] += plane.length;
            }
        }

        void writeTo(OutputStream out) throws IOException {
            var buffer = new byte[BAND_VALUES];
            for (var plane : planes) {
                for (long at = 0; at < plane.byteSize();) {
                    int length = (int) Math.min(buffer.length, plane.byteSize() - at);
                    MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, at, buffer, 0, length);
                    out.write(buffer, 0, length);
                    at += length;
                }
            }
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
