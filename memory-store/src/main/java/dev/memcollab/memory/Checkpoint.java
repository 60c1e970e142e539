package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.Ruling;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.Projection.Change;
import dev.memcollab.memory.Projection.Known;
import dev.memcollab.memory.Projection.Recording;
import dev.memcollab.memory.Projection.TaskKey;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Failures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The state as of some line of the journal, so that a start need not read what came before.
///
/// It is derived and may be deleted at any time; one that is damaged, of another version or of
/// another journal is passed over.
final class Checkpoint implements AutoCloseable {
    /// Raised when what is kept, or what it is made of, changes.
    private static final int VERSION = 1;

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
            Optional<Snapshot> saved = Encoding.decoded(Files.readAllBytes(file));
            return saved.filter(snapshot -> isOf(journal, snapshot));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is passed over: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isOf(Journal journal, Snapshot snapshot) {
        return snapshot.last() != null && journal.has(snapshot.last());
    }

    static byte[] bytes(Snapshot snapshot) throws IOException {
        return Encoding.encoded(snapshot);
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

    /// A snapshot as bytes: version, contents, checksum.
    private static final class Encoding {
        private final DataOutputStream to;

        private Encoding(DataOutputStream to) {
            this.to = to;
        }

        static byte[] encoded(Snapshot snapshot) throws IOException {
            var bytes = new ByteArrayOutputStream(1 << 16);
            try (var output = new DataOutputStream(bytes)) {
                output.writeInt(VERSION);
                new Encoding(output).write(snapshot);
                output.writeInt(checksum(bytes.toByteArray(), bytes.size()));
            }
            return bytes.toByteArray();
        }

        static Optional<Snapshot> decoded(byte[] bytes) throws IOException {
            int covered = bytes.length - Integer.BYTES;
            try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (covered < Integer.BYTES || input.readInt() != VERSION) {
                    return Optional.empty();
                }
                try (var end = new DataInputStream(
                        new ByteArrayInputStream(bytes, covered, Integer.BYTES))) {
                    if (end.readInt() != checksum(bytes, covered)) {
                        throw new IOException("its checksum does not fit");
                    }
                }
                return Optional.of(new Decoding(input).snapshot());
            }
        }

        private static int checksum(byte[] bytes, int length) {
            var crc = new CRC32C();
            crc.update(bytes, 0, length);
            return (int) crc.getValue();
        }

        private void write(Snapshot snapshot) throws IOException {
            write(snapshot.position());
            write(Objects.requireNonNull(snapshot.last(), "nothing to save"));
            to.writeInt(snapshot.damaged().size());
            for (DamagedLine line : snapshot.damaged()) {
                write(line.file().toString());
                to.writeLong(line.number());
                write(line.reason());
            }
            runs(snapshot.projection());
            constraints(snapshot.projection());
        }

        private void runs(Projection state) throws IOException {
            to.writeInt(state.recordings.size());
            for (Map.Entry<String, Recording> one : state.recordings.entrySet()) {
                write(one.getKey());
                write(one.getValue());
            }
            to.writeInt(state.runsOfTask.size());
            for (var one : state.runsOfTask.entrySet()) {
                write(one.getKey().project());
                to.writeBoolean(one.getKey().given());
                to.writeInt(one.getKey().hash());
                write(one.getValue());
            }
            write(state.pending);
            to.writeInt(state.distillations.size());
            for (Distillation made : state.distillations.values()) {
                write(made.trajectoryId());
                write(made.learnt());
                write(made.reason());
            }
            to.writeInt(state.failures.size());
            for (Map.Entry<String, Failures> one : state.failures.entrySet()) {
                write(one.getKey());
                to.writeInt(one.getValue().count());
                write(one.getValue().last());
            }
            attempts(state);
            write(state.forgottenTrajectories);
            write(state.forgottenConstraints);
            to.writeBoolean(state.unfinishedForgetting);
        }

        private void attempts(Projection state) throws IOException {
            to.writeInt(state.attempts.values().stream().mapToInt(Collection::size).sum());
            for (var ofModel : state.attempts.values()) {
                for (LocalAttempt attempt : ofModel) {
                    write(attempt.trajectoryId());
                    write(Fields.label(attempt.role()));
                    write(attempt.model());
                    to.writeBoolean(attempt.passed());
                }
            }
        }

        private void constraints(Projection state) throws IOException {
            to.writeInt(state.constraints.size());
            for (Map.Entry<String, Known> one : state.constraints.entrySet()) {
                write(one.getKey());
                write(one.getValue());
            }
            to.writeInt(state.changes.size());
            for (Change change : state.changes) {
                write(change.place());
                write(change.constraintId());
            }
            to.writeInt(state.usefulness.size());
            for (Map.Entry<String, Usefulness> one : state.usefulness.entrySet()) {
                write(one.getKey());
                to.writeInt(one.getValue().helped());
                to.writeInt(one.getValue().harmed());
            }
            write(state.witnesses);
        }

        private void write(Recording recording) throws IOException {
            write(recording.place());
            write(recording.project());
            TaskCategory category = recording.category();
            to.writeBoolean(category != null);
            if (category != null) {
                write(category);
            }
            to.writeBoolean(recording.verifiable());
        }

        private void write(Known known) throws IOException {
            to.writeInt(known.places().size());
            for (Place place : known.places()) {
                write(place);
            }
            write(known.scope().project().name());
            write(known.scope().category());
            write(known.learntAt().toString());
            write(known.textId());
            to.writeBoolean(known.ruling().approved());
            to.writeBoolean(known.ruling().promoted());
        }

        private void write(TaskCategory category) throws IOException {
            write(category.category());
            write(category.subcategory());
        }

        private void write(Position position) throws IOException {
            to.writeInt(position.segment());
            to.writeLong(position.offset());
            to.writeLong(position.lines());
        }

        private void write(Place place) throws IOException {
            to.writeInt(place.segment());
            to.writeLong(place.offset());
            to.writeLong(place.line());
            to.writeInt(place.length());
            to.writeInt(place.crc());
        }

        private void write(Collection<String> texts) throws IOException {
            to.writeInt(texts.size());
            for (String text : texts) {
                write(text);
            }
        }

        private void write(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            to.writeInt(bytes.length);
            to.write(bytes);
        }
    }

    /// The way back.
    private record Decoding(DataInputStream from) {
        Snapshot snapshot() throws IOException {
            var position = new Position(from.readInt(), from.readLong(), from.readLong());
            Place last = place();
            var damaged = new ArrayList<DamagedLine>();
            for (int left = from.readInt(); left > 0; left--) {
                damaged.add(new DamagedLine(Path.of(text()), from.readLong(), text()));
            }
            var state = new Projection();
            runs(state);
            constraints(state);
            return new Snapshot(state, position, last, damaged);
        }

        private void runs(Projection state) throws IOException {
            for (int left = from.readInt(); left > 0; left--) {
                state.recordings.put(text(), recording());
            }
            for (int left = from.readInt(); left > 0; left--) {
                state.runsOfTask.put(new TaskKey(text(), from.readBoolean(), from.readInt()),
                        new LinkedHashSet<>(texts()));
            }
            state.pending.addAll(texts());
            for (int left = from.readInt(); left > 0; left--) {
                var made = new Distillation(text(), texts(), text());
                state.distillations.put(made.trajectoryId(), made);
            }
            for (int left = from.readInt(); left > 0; left--) {
                state.failures.put(text(), new Failures(from.readInt(), text()));
            }
            for (int left = from.readInt(); left > 0; left--) {
                var attempt = new LocalAttempt(text(), Fields.role(text()), text(),
                        from.readBoolean());
                state.attempts.computeIfAbsent(attempt.model(), _ -> new LinkedHashSet<>())
                        .add(attempt);
            }
            state.forgottenTrajectories.addAll(texts());
            state.forgottenConstraints.addAll(texts());
            state.unfinishedForgetting = from.readBoolean();
        }

        private void constraints(Projection state) throws IOException {
            for (int left = from.readInt(); left > 0; left--) {
                String id = text();
                Known known = known();
                state.constraints.put(id, known);
                state.alike.computeIfAbsent(known.textId(), _ -> new LinkedHashSet<>()).add(id);
            }
            for (int left = from.readInt(); left > 0; left--) {
                state.changes.add(new Change(place(), text()));
            }
            for (int left = from.readInt(); left > 0; left--) {
                state.usefulness.put(text(), new Usefulness(from.readInt(), from.readInt()));
            }
            state.witnesses.addAll(texts());
        }

        private Recording recording() throws IOException {
            return new Recording(place(), text(), from.readBoolean() ? category() : null,
                    from.readBoolean());
        }

        private Known known() throws IOException {
            var places = new ArrayList<Place>();
            for (int left = from.readInt(); left > 0; left--) {
                places.add(place());
            }
            return new Known(places, new Scope(new Project(text()), category()),
                    Instant.parse(text()), text(),
                    new Ruling(from.readBoolean(), from.readBoolean()));
        }

        private TaskCategory category() throws IOException {
            return new TaskCategory(text(), text());
        }

        private Place place() throws IOException {
            return new Place(from.readInt(), from.readLong(), from.readLong(), from.readInt(),
                    from.readInt());
        }

        private List<String> texts() throws IOException {
            int count = from.readInt();
            var texts = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return texts;
        }

        private String text() throws IOException {
            byte[] bytes = new byte[from.readInt()];
            from.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
