package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.jlama.gguf.Progress.Phase;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// The right to change one model of a home, held by one thread of one process at a time.
///
/// It is a lock on a file, so it ends with the process that held it. The file itself stays: to
/// delete it would let a third process lock a new one while a second waits for the old.
final class ModelLock implements AutoCloseable {
    private static final long RETRY_MILLIS = 200;

    private final FileChannel channel;

    private ModelLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits for the lock, and says so.
    static ModelLock acquire(ModelHome home, String name, Progress progress)
            throws InterruptedException {
        var file = home.pulls().resolve(ModelHome.requireName(name) + ".lock");
        try {
            Files.createDirectories(home.pulls());
            var lock = new ModelLock(FileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE));
            lock.await(progress);
            return lock;
        } catch (IOException e) {
            throw new ModelFailedException("%s: can not be locked: %s".formatted(file, e), e);
        }
    }

    private void await(Progress progress) throws IOException, InterruptedException {
        boolean held = false;
        try {
            held = tryLock();
            while (!held) {
                progress.report(Phase.WAITING, 0, 0);
                Thread.sleep(RETRY_MILLIS);
                held = tryLock();
            }
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private boolean tryLock() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // another thread of this process has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
