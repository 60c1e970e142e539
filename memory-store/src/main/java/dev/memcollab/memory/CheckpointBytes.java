package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.Ruling;
import dev.memcollab.memory.Checkpoint.Snapshot;
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
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/// A snapshot as bytes: version, contents, checksum.
///
/// A start decodes all of it before its first answer, in code that is not compiled yet: so numbers
/// are binary, and what is said of many (projects, categories, the ids of constraints) is said once.
final class CheckpointBytes {
    /// Raised when what is kept, or what it is made of, changes.
    private static final int VERSION = 3;

    private CheckpointBytes() {}

    static byte[] encoded(Snapshot snapshot) {
        var output = new Output();
        output.number(VERSION);
        output.snapshot(snapshot);
        output.number(checksum(output.bytes, output.size));
        return Arrays.copyOf(output.bytes, output.size);
    }

    /// Empty where it is of another version.
    static Optional<Snapshot> decoded(byte[] bytes) throws IOException {
        int covered = bytes.length - Integer.BYTES;
        var input = ByteBuffer.wrap(bytes);
        try {
            if (input.getInt() != VERSION) {
                return Optional.empty();
            }
            if (input.getInt(covered) != checksum(bytes, covered)) {
                throw new IOException("its checksum does not fit");
            }
            return Optional.of(new Input(input, bytes).snapshot());
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("it is too short", e);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /// Numbers that stand for what was said before.
    private static final class Dictionary<T> {
        private final Map<T, Integer> numbers = new HashMap<>();

        /// The number of what was said before; -1 for what is new and gets the next.
        int number(T value) {
            Integer known = numbers.putIfAbsent(value, numbers.size());
            return known == null ? -1 : known;
        }
    }

    /// The way out.
    private static final class Output {
        private byte[] bytes = new byte[1 << 16];
        private int size;
        private final Dictionary<String> names = new Dictionary<>();
        private final Dictionary<Scope> scopes = new Dictionary<>();

        void snapshot(Snapshot snapshot) {
            position(snapshot.position());
            place(Objects.requireNonNull(snapshot.last(), "nothing to save"));
            each(snapshot.damaged(), line -> {
                text(line.file().toString());
                longNumber(line.number());
                text(line.reason());
            });
            runs(snapshot.projection());
            constraints(snapshot.projection());
        }

        private void runs(Projection state) {
            each(state.recordings.entrySet(), one -> {
                text(one.getKey());
                recording(one.getValue());
            });
            each(state.runsOfTask.entrySet(), one -> {
                name(one.getKey().project());
                flag(one.getKey().given());
                number(one.getKey().hash());
                each(one.getValue(), this::text);
            });
            each(state.pending, this::text);
            each(state.distillations.values(), made -> {
                text(made.trajectoryId());
                each(made.learnt(), this::text);
                text(made.reason());
            });
            each(state.failures.entrySet(), one -> {
                text(one.getKey());
                number(one.getValue().count());
                text(one.getValue().last());
            });
            each(state.attempts.values(), made -> each(made, attempt -> {
                text(attempt.trajectoryId());
                name(Fields.label(attempt.role()));
                name(attempt.model());
                flag(attempt.passed());
            }));
            each(state.forgottenTrajectories, this::text);
            each(state.forgottenConstraints, this::text);
            flag(state.unfinishedForgetting);
        }

        private void constraints(Projection state) {
            var numbers = new HashMap<String, Integer>();
            each(state.constraints.entrySet(), one -> {
                numbers.put(one.getKey(), numbers.size());
                text(one.getKey());
                known(one.getValue());
            });
            List<Change> changes = state.changes.stream()
                    .filter(change -> numbers.containsKey(change.constraintId())).toList();
            each(changes, change -> {
                number(numbers.getOrDefault(change.constraintId(), -1));
                place(change.place());
            });
            each(state.usefulness.entrySet(), one -> {
                text(one.getKey());
                number(one.getValue().helped());
                number(one.getValue().harmed());
            });
            each(state.witnesses, this::text);
        }

        private void recording(Recording recording) {
            place(recording.place());
            name(recording.project());
            TaskCategory category = recording.category();
            flag(category != null);
            if (category != null) {
                name(category.category());
                name(category.subcategory());
            }
            flag(recording.verifiable());
        }

        private void known(Known known) {
            each(known.places(), this::place);
            int scope = scopes.number(known.scope());
            number(scope);
            if (scope < 0) {
                text(known.scope().project().name());
                text(known.scope().category().category());
                text(known.scope().category().subcategory());
            }
            Instant at = known.learntAt();
            longNumber(at.getEpochSecond());
            number(at.getNano());
            longNumber(known.textKey());
            flag(known.compared());
            flag(known.ruling().approved());
            flag(known.ruling().promoted());
        }

        private void position(Position position) {
            number(position.segment());
            longNumber(position.offset());
            longNumber(position.lines());
        }

        private void place(Place place) {
            number(place.segment());
            longNumber(place.offset());
            longNumber(place.line());
            number(place.length());
            number(place.crc());
        }

        private <T> void each(Collection<T> all, Consumer<? super T> one) {
            number(all.size());
            all.forEach(one);
        }

        private void name(String name) {
            int number = names.number(name);
            number(number);
            if (number < 0) {
                text(name);
            }
        }

        private void text(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            number(encoded.length);
            reserve(encoded.length);
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size += encoded.length;
        }

        private void flag(boolean flag) {
            reserve(1);
            bytes[size++] = (byte) (flag ? 1 : 0);
        }

        private void number(int number) {
            reserve(Integer.BYTES);
            ByteBuffer.wrap(bytes).putInt(size, number);
            size += Integer.BYTES;
        }

        private void longNumber(long number) {
            reserve(Long.BYTES);
            ByteBuffer.wrap(bytes).putLong(size, number);
            size += Long.BYTES;
        }

        private void reserve(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
        }
    }

    /// The way back.
    private static final class Input {
        private final ByteBuffer from;
        private final byte[] bytes;
        private final List<String> names = new ArrayList<>();
        private final List<Scope> scopes = new ArrayList<>();

        Input(ByteBuffer from, byte[] bytes) {
            this.from = from;
            this.bytes = bytes;
        }

        Snapshot snapshot() {
            var position = new Position(from.getInt(), from.getLong(), from.getLong());
            Place last = place();
            List<DamagedLine> damaged = list(
                    () -> new DamagedLine(Path.of(text()), from.getLong(), text()));
            var state = new Projection();
            runs(state);
            constraints(state);
            return new Snapshot(state, position, last, damaged);
        }

        private void runs(Projection state) {
            for (int left = from.getInt(); left > 0; left--) {
                state.recordings.put(text(), recording());
            }
            for (int left = from.getInt(); left > 0; left--) {
                state.runsOfTask.put(new TaskKey(name(), flag(), from.getInt()),
                        new LinkedHashSet<>(texts()));
            }
            state.pending.addAll(texts());
            for (int left = from.getInt(); left > 0; left--) {
                var made = new Distillation(text(), texts(), text());
                state.distillations.put(made.trajectoryId(), made);
            }
            for (int left = from.getInt(); left > 0; left--) {
                state.failures.put(text(), new Failures(from.getInt(), text()));
            }
            for (int left = from.getInt(); left > 0; left--) {
                List<LocalAttempt> made = list(
                        () -> new LocalAttempt(text(), Fields.role(name()), name(), flag()));
                state.attempts.put(made.getFirst().model(), new LinkedHashSet<>(made));
            }
            state.forgottenTrajectories.addAll(texts());
            state.forgottenConstraints.addAll(texts());
            state.unfinishedForgetting = flag();
        }

        private void constraints(Projection state) {
            var ids = new ArrayList<String>();
            for (int left = from.getInt(); left > 0; left--) {
                String id = text();
                Known known = known();
                ids.add(id);
                state.constraints.put(id, known);
                if (known.compared()) {
                    state.firstOfText.putIfAbsent(known.textKey(), id);
                }
            }
            for (int left = from.getInt(); left > 0; left--) {
                String id = ids.get(from.getInt());
                state.changes.add(new Change(place(), id));
            }
            for (int left = from.getInt(); left > 0; left--) {
                state.usefulness.put(text(), new Usefulness(from.getInt(), from.getInt()));
            }
            state.witnesses.addAll(texts());
        }

        private Recording recording() {
            return new Recording(place(), name(),
                    flag() ? new TaskCategory(name(), name()) : null, flag());
        }

        private Known known() {
            List<Place> places = list(this::place);
            int scope = from.getInt();
            if (scope < 0) {
                scope = scopes.size();
                scopes.add(new Scope(new Project(text()), new TaskCategory(text(), text())));
            }
            return new Known(places, scopes.get(scope),
                    Instant.ofEpochSecond(from.getLong(), from.getInt()), from.getLong(), flag(),
                    new Ruling(flag(), flag()));
        }

        private Place place() {
            return new Place(from.getInt(), from.getLong(), from.getLong(), from.getInt(),
                    from.getInt());
        }

        private List<String> texts() {
            return list(this::text);
        }

        private <T> List<T> list(Supplier<T> next) {
            int count = from.getInt();
            if (count == 1) {
                return List.of(next.get());
            }
            var list = new ArrayList<T>();
            for (int i = 0; i < count; i++) {
                list.add(next.get());
            }
            return list;
        }

        private String name() {
            int number = from.getInt();
            if (number < 0) {
                names.add(text());
                return names.getLast();
            }
            return names.get(number);
        }

        private String text() {
            int length = from.getInt();
            String text = new String(bytes, from.position(), length,
                    StandardCharsets.UTF_8);
            from.position(from.position() + length);
            return text;
        }

        private boolean flag() {
            return from.get() != 0;
        }
    }
}
