package dev.memcollab.memory;

import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state as of some line of the journal, so that a start need not read what came before.
///
/// It is derived and may be deleted at any time; one that is damaged, of another version or of
/// another journal is passed over.
final class Checkpoint implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Checkpoint.class.getName());

    private final Path file;
    private final ProcessLock lock;

    Checkpoint(Path memoryDirectory) {
        this.file = memoryDirectory.resolve("checkpoint-v1");
        this.lock = new ProcessLock(memoryDirectory.resolve("checkpoint.lock"));
    }

    /// The state up to a position.
    ///
    /// @param last the last line that was taken in; null before the first
    record Snapshot(Projection projection, Position position, @Nullable Place last,
            List<DamagedLine> damaged) {
        static Snapshot nothing() {
            return new Snapshot(new Projection(), Position.START, null, List.of());
        }
    }

    /// The state that was saved, if it is of this journal.
    Optional<Snapshot> load(Journal journal) {
        try {
            Optional<Snapshot> saved = CheckpointBytes.decoded(Files.readAllBytes(file));
            return saved.filter(snapshot -> isOf(journal, snapshot));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is passed over: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Why it cannot be used; empty where it can, or where there is none.
    Optional<String> fault(Journal journal) {
        try {
            Optional<Snapshot> saved = CheckpointBytes.decoded(Files.readAllBytes(file));
            if (saved.isEmpty()) {
                return Optional.of("it is of another version");
            }
            return isOf(journal, saved.get())
                    ? Optional.empty()
                    : Optional.of("it is of another journal");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Number of the file of the journal that it goes up to, if it can be read.
    Optional<Integer> lastFile() {
        try {
            return CheckpointBytes.decoded(Files.readAllBytes(file))
                    .map(snapshot -> snapshot.position().segment());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isOf(Journal journal, Snapshot snapshot) {
        return snapshot.last() != null && journal.has(snapshot.last());
    }

    /// Puts a state in place of the one before, unless somebody else is at it or the journal it is
    /// of is no more.
    void save(byte[] snapshot, Place last, Journal journal) throws IOException {
        Optional<ProcessLock.Held> held = lock.tryAcquire();
        if (held.isEmpty()) {
            return;
        }
        try (var _ = held.get()) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(unfinished, snapshot);
            if (journal.has(last)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(unfinished);
            }
        }
    }

    /// Leaves nothing behind.
    void delete() throws IOException {
        try (var _ = lock.acquire()) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".tmp"));
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
