package dev.memcollab.memory;

import dev.memcollab.memory.Event.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What the threads of this process want written, and the one thread that writes it.
///
/// Nobody interrupts that thread: an interrupted thread's channels are closed, and with the channel
/// goes the lock. What has queued up while it forced the disk is its next batch.
final class WriteQueue implements AutoCloseable {
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-journal").factory());
    private final Batch batch;

    WriteQueue(Batch batch) {
        this.batch = batch;
    }

    /// Writes requests and completes each, or fails.
    @FunctionalInterface
    interface Batch {
        void write(List<Request> requests) throws IOException;
    }

    /// What may fail on the way to the disk.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// An event that somebody wants to have written.
    ///
    /// @param written whether it was, once it is on disk or is known to change nothing
    record Request(Entry entry, String json, CompletableFuture<Boolean> written) {
        static Request of(Entry entry) {
            return new Request(entry, EventJson.write(entry), new CompletableFuture<>());
        }
    }

    /// Has entries written in their order, and waits until that is decided.
    List<CompletableFuture<Boolean>> submit(List<Entry> entries) throws IOException {
        List<Request> asked = entries.stream().map(Request::of).toList();
        requests.addAll(asked);
        run(() -> {
            writeQueued();
            return true;
        });
        return asked.stream().map(Request::written).toList();
    }

    private void writeQueued() {
        var queued = new ArrayList<Request>();
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            queued.add(next);
        }
        if (queued.isEmpty()) {
            return; // written with an earlier batch
        }
        try {
            batch.write(queued);
        } catch (IOException | RuntimeException e) {
            queued.forEach(request -> request.written().completeExceptionally(e));
        }
    }

    /// Does something on the thread that writes.
    <T> T run(Work<T> work) throws IOException {
        try {
            return value(writer.submit(work::run));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the memory is closed", e);
        }
    }

    /// Waits whatever interrupts: what is being written will be.
    static <T> T value(Future<T> result) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException(cause);
        };
    }

    /// Waits for what is under way.
    @Override
    public void close() {
        writer.close();
    }
}
