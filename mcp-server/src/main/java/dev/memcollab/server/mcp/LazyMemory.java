package dev.memcollab.server.mcp;

import dev.memcollab.server.MemoryService;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A memory that is opened by the first call that needs it.
///
/// It is opened on a thread of its own: a client that cancels the first call must not break an index half open. If opening
/// fails, the calls that waited for it fail and the next one tries again.
final class LazyMemory implements Supplier<MemoryService> {
    private final Supplier<? extends MemoryService> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<MemoryService> memory; // guarded by lock

    LazyMemory(Supplier<? extends MemoryService> opening) {
        this.opening = opening;
    }

    @Override
    public MemoryService get() {
        try {
            return openedOrOpening().get();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("cancelled while the memory was opened", cancelled);
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new IllegalStateException("the memory cannot be opened: " + cause.getMessage(),
                    cause);
        }
    }

    private CompletableFuture<MemoryService> openedOrOpening() {
        lock.lock();
        try {
            if (memory == null || memory.isCompletedExceptionally()) {
                memory = CompletableFuture.supplyAsync(opening::get,
                        task -> Thread.ofPlatform().daemon().name("memory-opening").start(task));
            }
            return memory;
        } finally {
            lock.unlock();
        }
    }
}
