package dev.memcollab.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The office of the one distiller of a store. A process that dies leaves it vacant.
public final class DistillerLock implements AutoCloseable {
    private final ProcessLock lock;
    private final ProcessLock.Held held;

    private DistillerLock(ProcessLock lock, ProcessLock.Held held) {
        this.lock = lock;
        this.held = held;
    }

    /// Takes the office, unless somebody has it, in this process or in another.
    public static Optional<DistillerLock> tryAcquire(Path memoryDirectory) {
        var lock = new ProcessLock(memoryDirectory.resolve("distiller.lock"));
        try {
            Optional<DistillerLock> office = lock.tryAcquire()
                    .map(held -> new DistillerLock(lock, held));
            if (office.isEmpty()) {
                lock.close();
            }
            return office;
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot lock %s: the home must be writable and on a local disk"
                            .formatted(memoryDirectory.resolve("distiller.lock")),
                    e);
        }
    }

    @Override
    public void close() {
        try (lock; held) {
            // Both go, the office first.
        } catch (IOException e) {
            throw new MemoryFailedException("cannot unlock the distiller's lock", e);
        }
    }
}
