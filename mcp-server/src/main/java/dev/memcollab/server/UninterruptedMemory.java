package dev.memcollab.server;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Keeps the interrupts of cancelled calls away from a memory.
///
/// An interrupt closes whatever file channel its thread is using: a client that cancels a call would
/// close the journal for the whole process. So the work is done on threads that nobody interrupts;
/// a cancelled caller goes away, the work ends by itself.
public final class UninterruptedMemory implements MemoryService, AutoCloseable {
    private static final int THREADS = 4;

    private final LocalMemory memory;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS,
            task -> Thread.ofPlatform().daemon().name("memory").unstarted(task));

    public UninterruptedMemory(LocalMemory memory) {
        this.memory = memory;
    }

    /// Begins to read what the first recall needs, and does not wait.
    public void prepare() {
        threads.execute(memory::prepare);
    }

    @Override
    public RecordReceipt record(RecordRequest request) {
        return apart(() -> memory.record(request));
    }

    @Override
    public RecallAnswer recall(RecallRequest request) {
        return apart(() -> memory.recall(request));
    }

    @Override
    public StatusReport status() {
        return apart(memory::status);
    }

    @Override
    public Optional<ConstraintView> constraint(String id) {
        return apart(() -> memory.constraint(id));
    }

    private <T> T apart(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("cancelled", cancelled);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    @Override
    public void close() {
        try (memory; threads) {
            // Calls under way end first.
        }
    }
}
