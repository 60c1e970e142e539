package dev.memcollab.jlama.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Threads that share the parts of a job out between them, the caller among them.
///
/// A forward pass is some hundred short jobs one after the other. A worker that has nothing to do
/// looks for the next one for a moment before it sleeps; a job is done when its parts are, whether or
/// not every worker has come.
public final class Team implements AutoCloseable {
    /// Looks at the next job before a worker sleeps: some tens of microseconds.
    private static final int LOOKS = 2_000;
    /// Looks at a job that others have yet to end before the processor is given away.
    private static final int PATIENCE = 10_000;
    private static final long PAUSE_NANOS = 20_000;

    private final Worker[] workers;
    private volatile Job job = new Job(0, _ -> {
    });
    private volatile boolean closed;

    /// @param size threads, with the caller
    public Team(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, got " + size);
        }
        workers = new Worker[size - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    public int size() {
        return workers.length + 1;
    }

    /// Runs part 0, 1, … of a job, each once, in any order; returns when all are done. For one caller
    /// at a time.
    public void run(int parts, IntConsumer part) {
        if (workers.length == 0 || parts == 1) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
            return;
        }
        var next = new Job(parts, part);
        job = next;
        for (Worker worker : workers) {
            if (worker.asleep) {
                LockSupport.unpark(worker);
            }
        }
        next.work();
        next.await();
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private static final class Job {
        private final int parts;
        private final IntConsumer part;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger left;
        private volatile @Nullable Throwable failure;

        Job(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
            this.left = new AtomicInteger(parts);
        }

        void work() {
            for (int i = taken.getAndIncrement(); i < parts; i = taken.getAndIncrement()) {
                try {
                    part.accept(i);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    left.getAndDecrement();
                }
            }
        }

        void await() {
            for (int look = 0; left.get() > 0; look++) {
                if (look < PATIENCE) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (failure != null) {
                throw new IllegalStateException("a part of a job failed", failure);
            }
        }
    }

    private final class Worker extends Thread {
        private volatile boolean asleep;

        Worker(int number) {
            super("memcollab-compute-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            Job done = job;
            while (!closed) {
                done = next(done);
                done.work();
            }
        }

        /// The job after one, or the same again once there is reason to look.
        private Job next(Job done) {
            for (int look = 0; look < LOOKS; look++) {
                if (job != done) {
                    return job;
                }
                Thread.onSpinWait();
            }
            asleep = true;
            if (job == done && !closed) {
                LockSupport.park(this);
            }
            asleep = false;
            return job;
        }
    }
}
