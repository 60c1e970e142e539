package dev.memcollab.server.stdio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The client's requests that have no reply yet.
///
/// Each has a virtual thread; so many run at a time and the rest wait. What is held is bounded in number and in bytes: beyond
/// that a request is refused, so that the reader never waits and `ping` and cancellation always get through.
final class Calls {
    private final Limits limits;
    private final ConcurrentHashMap<Object, Call> open = new ConcurrentHashMap<>();
    private final AtomicLong heldBytes = new AtomicLong();
    private final Semaphore running;

    Calls(Limits limits) {
        this.limits = limits;
        running = new Semaphore(limits.running());
    }

    /// How much is held at once.
    record Limits(int running, int held, long heldBytes) {}

    /// Opens a request; empty with no room, or if one of this id is open.
    Optional<Call> open(Object id, int bytes) {
        if (open.size() >= limits.held() || heldBytes.get() + bytes > limits.heldBytes()) {
            return Optional.empty();
        }
        var call = new Call(id, bytes);
        if (open.putIfAbsent(id, call) != null) {
            return Optional.empty();
        }
        heldBytes.addAndGet(bytes);
        return Optional.of(call);
    }

    boolean isOpen(Object id) {
        return open.containsKey(id);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// Says whether a reply to the request may still be sent.
    boolean awaitsReply(@Nullable Object id) {
        Call call = id == null ? null : open.get(id);
        return call != null && call.state.get() == State.OPEN;
    }

    /// Marks the request as replied to; empty if it was cancelled or has its reply: then nothing may be sent.
    Optional<Call> claimReply(@Nullable Object id) {
        Call call = id == null ? null : open.get(id);
        return call != null && call.state.compareAndSet(State.OPEN, State.REPLIED)
                ? Optional.of(call)
                : Optional.empty();
    }

    /// Interrupts the work of a request; its reply is never sent.
    void cancel(Object id) {
        Call call = open.get(id);
        if (call != null) {
            call.cancel();
        }
    }

    void cancelAll() {
        open.values().forEach(Call::cancel);
    }

    /// Waits for all open requests, at most so long.
    void drain(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (Call call : open.values()) {
            Thread thread = call.thread;
            if (thread != null) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        }
    }

    private enum State {
        OPEN, REPLIED, CANCELLED
    }

    /// One request between its line and its reply.
    final class Call {
        private final Object id;
        private final int bytes;
        private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
        private volatile @Nullable Thread thread;

        private Call(Object id, int bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        void runHere(Runnable work) {
            try {
                work.run();
            } finally {
                close();
            }
        }

        void runAside(Runnable work) {
            Thread started = Thread.ofVirtual().name("mcp-call-" + id).unstarted(() -> {
                runHere(() -> whenPermitted(work));
            });
            thread = started;
            started.start();
        }

        private void whenPermitted(Runnable work) {
            try {
                running.acquire();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                work.run();
            } finally {
                running.release();
            }
        }

        private void cancel() {
            Thread started = thread;
            if (started != null && state.compareAndSet(State.OPEN, State.CANCELLED)) {
                started.interrupt();
            }
        }

        private void close() {
            open.remove(id);
            heldBytes.addAndGet(-bytes);
        }
    }
}
