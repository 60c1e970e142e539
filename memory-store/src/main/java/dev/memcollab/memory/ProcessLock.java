package dev.memcollab.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A lock file that excludes threads and processes alike.
final class ProcessLock implements AutoCloseable {
    /*
     * A file lock belongs to the process, and closing any channel on the file drops it. So a
     * process has one channel to a lock file, shared by all who use it and closed with the last of
     * them, and a semaphore in front of it, because the OS does not tell threads apart. The file is
     * never deleted: two processes could then hold locks on two files of one name. The OS frees the
     * lock when the process dies, however it dies.
     */
    private static final Map<Path, Shared> SHARED = new HashMap<>();

    private static final long POLL_NANOS = 20_000_000;

    private final Path file;
    private final @Nullable Duration patience; // null: for ever
    private @Nullable Shared shared;

    ProcessLock(Path file) {
        this.file = file;
        this.patience = null;
    }

    /// A lock that nobody waits for longer than this.
    ProcessLock(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /// Somebody else has the lock and did not give it back in time.
    static final class StillHeldException extends IOException {
        private static final long serialVersionUID = 1;

        private StillHeldException(Path file, Duration patience) {
            super("another process has held %s for more than %d s".formatted(file.getFileName(),
                    patience.toSeconds()));
        }
    }

    /// Waits for the lock. Not for threads that may be interrupted: that closes the channel.
    ///
    /// @throws StillHeldException where its patience is at an end
    Held acquire() throws IOException {
        return patience == null ? acquireHowever() : acquireWithin(patience);
    }

    /// Asks again and again, since the OS has no call that waits for a time.
    private Held acquireWithin(Duration longest) throws IOException {
        long until = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<Held> held = tryAcquire();
            if (held.isPresent()) {
                return held.get();
            }
            if (System.nanoTime() - until > 0) {
                throw new StillHeldException(file, longest);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private Held acquireHowever() throws IOException {
        Shared lock = shared();
        lock.threads.acquireUninterruptibly();
        try {
            return new Held(lock, lock.channel.lock());
        } catch (IOException | RuntimeException e) {
            lock.threads.release();
            throw e;
        }
    }

    /// The lock, unless somebody has it.
    Optional<Held> tryAcquire() throws IOException {
        Shared lock = shared();
        if (!lock.threads.tryAcquire()) {
            return Optional.empty();
        }
        FileLock fileLock = null;
        try {
            fileLock = lock.channel.tryLock();
            return Optional.ofNullable(fileLock).map(held -> new Held(lock, held));
        } finally {
            if (fileLock == null) {
                lock.threads.release();
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (SHARED) {
            if (shared != null && --shared.users == 0) {
                SHARED.remove(shared.file);
                shared.channel.close();
            }
            shared = null;
        }
    }

    private Shared shared() throws IOException {
        synchronized (SHARED) {
            if (shared == null) {
                Path real = realPath();
                Shared known = SHARED.get(real);
                Shared joined = known == null ? new Shared(real) : known;
                joined.users++;
                SHARED.put(real, joined);
                shared = joined;
            }
            return shared;
        }
    }

    /// Two names of one directory are one lock.
    private Path realPath() throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        if (directory == null || name == null) {
            throw new IllegalArgumentException("a lock needs a file name, got \"" + file + "\"");
        }
        Directories.createPrivate(directory);
        return directory.toRealPath().resolve(name);
    }

    /// The right to go on, until it is closed.
    static final class Held implements AutoCloseable {
        private final Shared shared;
        private final FileLock lock;

        private Held(Shared shared, FileLock lock) {
            this.shared = shared;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            if (lock.isValid()) {
                try {
                    lock.release();
                } finally {
                    shared.threads.release();
                }
            }
        }
    }

    private static final class Shared {
        private final Path file;
        private final FileChannel channel;
        private final Semaphore threads = new Semaphore(1);
        private int users;

        private Shared(Path file) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        }
    }
}
