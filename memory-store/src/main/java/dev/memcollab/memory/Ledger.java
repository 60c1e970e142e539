package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.EventJson.NewerFormatException;
import dev.memcollab.memory.Journal.SupersededException;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.Projection.Recording;
import dev.memcollab.memory.Segment.Scan;
import dev.memcollab.memory.WriteQueue.Request;
import dev.memcollab.memory.WriteQueue.Work;
import dev.memcollab.trajectory.Trajectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The journal together with the state it adds up to, in step with every process that writes to it.
final class Ledger implements AutoCloseable {
    /*
     * Whoever reads first takes in what was appended since: one look at the directory where nothing
     * was. Readers take no lock, with one exception: a line that does not fit its seal may be
     * damaged or about to be cut, and only a writer's absence tells which.
     *
     * What has queued up is written in one go and forced once. An event about the same as an
     * earlier one of its batch waits until that one is part of the state, which decides whether it
     * is wanted.
     *
     * Order of locks: the journal's, then the monitor of this.
     */
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final int TRIES = 5;
    static final String WRONG_SEAL = "its checksum does not fit";
    /// Bytes of the journal behind the last checkpoint from which on a new one is worth its cost.
    private static final long UPKEEP_BYTES = 4 << 20;
    private static final long CLOSING_BYTES = 256 << 10;

    private final Journal journal;
    private final ProcessLock lock;
    private final Checkpoint checkpoint;
    private final Redaction redaction;
    private final Clock clock;
    private final Supplier<String> eventIds;
    private final WriteQueue queue = new WriteQueue(this::write);
    private final ExecutorService upkeep = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-checkpoint").factory());
    private final AtomicBoolean saving = new AtomicBoolean();

    private Projection projection = new Projection();
    private Texts texts = new Texts();
    private Position position = Position.START;
    private @Nullable Place last;
    private List<DamagedLine> damaged = new ArrayList<>();
    private boolean opened;
    private long unsavedBytes;

    /// @param eventIds gives each event an id that no other has
    Ledger(Journal journal, ProcessLock lock, Checkpoint checkpoint, Redaction redaction,
            Clock clock, Supplier<String> eventIds) {
        this.journal = journal;
        this.lock = lock;
        this.checkpoint = checkpoint;
        this.redaction = redaction;
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /// The state at one moment, with the texts that it leaves in the journal; without what is now
    /// known to be a secret.
    final class State {
        private State() {}

        Projection projection() {
            return projection;
        }

        Event eventAt(Place place) {
            return entryAt(place).event();
        }

        Entry entryAt(Place place) {
            try {
                return EventJson.read(journal.read(place));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Trajectory trajectory(Recording recording) {
            return switch (eventAt(recording.place())) {
                case Event.Recorded(Trajectory trajectory) -> redaction.redact(trajectory);
                case Event other -> throw misplaced("a trajectory", recording.place(), other);
            };
        }

        /// The constraint that its lines add up to, with what was decided about it.
        Optional<LearntConstraint> constraint(String id) {
            return projection.known(id)
                    .map(known -> texts.get(id, known.places(), this::learnt).with(known.ruling()));
        }

        Optional<LearntConstraint> anyConstraint() {
            return projection.constraints.isEmpty()
                    ? Optional.empty()
                    : constraint(projection.constraints.lastEntry().getKey());
        }

        private LearntConstraint learnt(Place place) {
            return switch (eventAt(place)) {
                case Event.Learnt(LearntConstraint constraint) -> redaction.redact(constraint);
                case Event other -> throw misplaced("a constraint", place, other);
            };
        }

        private static MemoryFailedException misplaced(String expected, Place place, Event found) {
            return new MemoryFailedException("expected %s at byte %d of file %d of the journal,"
                    .formatted(expected, place.offset(), place.segment()) + " found " + found);
        }
    }

    /// Looks at the state, with all in it that was acknowledged before the call. The question is
    /// asked again where a compaction came in between.
    <T> T read(Function<State, T> question) {
        return reading(() -> again(() -> {
            if (!takeInTail(false)) {
                queue.run(this::settle);
            }
            saveSoon();
            synchronized (this) {
                return answer(question);
            }
        }));
    }

    private <T> T answer(Function<State, T> question) throws IOException {
        try {
            return question.apply(new State());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private <T> T again(Work<T> work) throws IOException {
        for (int tried = 1;; tried++) {
            try {
                return work.run();
            } catch (SupersededException e) {
                if (tried == TRIES) {
                    throw e;
                }
                startAnew();
            }
        }
    }

    /// Appends an event, unless it would change nothing. On return it is on disk.
    ///
    /// @return whether it was appended
    /// @throws IllegalArgumentException where it speaks of something that is not there
    boolean write(Event event) {
        var entry = new Entry(eventIds.get(), clock.instant(), event);
        return writing(() -> WriteQueue.value(submit(List.of(entry)).getFirst()));
    }

    /// Appends those of many entries that change something, in their order. What is done is on disk.
    ///
    /// @return for each whether it was appended, or why it was refused
    List<CompletableFuture<Boolean>> submit(List<Entry> entries) throws IOException {
        return queue.submit(entries);
    }

    private void write(List<Request> batch) throws IOException {
        try (var _ = lock.acquire()) {
            settleTail();
            finishForgetting();
            List<Request> left = writeBatch(batch);
            while (!left.isEmpty()) {
                settleTail();
                left = writeBatch(left);
            }
        }
    }

    /// Writes to a journal that is read to its end.
    ///
    /// @return those that have to wait until another of the batch is part of the state
    private List<Request> writeBatch(List<Request> batch) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var appended = new ArrayList<Request>();
        var unwanted = new ArrayList<Request>();
        var later = new ArrayList<Request>();
        var subjects = new HashSet<Object>();
        synchronized (this) {
            for (Request request : batch) {
                if (!subjects.add(Admission.subject(request.entry()))) {
                    later.add(request);
                } else if (isWanted(request)) {
                    bytes.writeBytes(Line.Seal.close(request.json()));
                    appended.add(request);
                } else {
                    unwanted.add(request);
                }
            }
        }
        if (appended.isEmpty()) {
            journal.force(); // who wrote what makes it unwanted may have died before it was on disk
        } else {
            journal.append(ByteBuffer.wrap(bytes.toByteArray()), position());
        }
        appended.forEach(request -> request.written().complete(true));
        unwanted.forEach(request -> request.written().complete(false));
        return later;
    }

    private boolean isWanted(Request request) throws IOException {
        try {
            return answer(state -> Admission.admits(request.entry(), state));
        } catch (RuntimeException e) {
            request.written().completeExceptionally(e);
            return false;
        }
    }

    /// Hands on each intact line as it stands in the journal.
    ///
    /// @return the lines that were left out
    List<DamagedLine> lines(Consumer<Line.Intact> sink) {
        var left = new ArrayList<DamagedLine>();
        reading(() -> again(() -> {
            left.clear();
            read(_ -> true);
            Position acknowledged = position();
            journal.scan(Position.START, true, line -> {
                boolean known = line.end().compareTo(acknowledged) <= 0;
                switch (line) {
                    case Line.Intact intact when known -> sink.accept(intact);
                    case Line.Damaged(Position start, Position _, String _) when known ->
                        left.add(damagedLine(start, WRONG_SEAL));
                    default -> {
                        // Not acknowledged yet.
                    }
                }
            });
            return true;
        }));
        return left;
    }

    /// Begins a new generation of the journal with what a pruning leaves of the present one.
    ///
    /// @param plan made of the state that it is carried out on; empty: nothing is to be done
    /// @return what was pruned
    Optional<Pruning> compact(Function<State, Optional<Pruning>> plan) {
        return writing(() -> queue.run(() -> {
            try (var _ = lock.acquire()) {
                settleTail();
                Optional<Pruning> pruning;
                synchronized (this) {
                    pruning = answer(plan);
                }
                if (pruning.isPresent()) {
                    prune(pruning.get());
                }
                return pruning;
            }
        }));
    }

    /// Carries out what a process that died in between had begun. The caller holds the lock.
    private void finishForgetting() throws IOException {
        Optional<Pruning> unfinished;
        synchronized (this) {
            unfinished = answer(Ledger::unfinishedForgetting);
        }
        if (unfinished.isPresent()) {
            prune(unfinished.get());
        }
    }

    /// What was to be forgotten and is still there.
    static Optional<Pruning> unfinishedForgetting(State state) {
        return state.projection().isForgettingUnfinished()
                ? Optional.of(Pruning.of(state.projection().forgotten().forgotten(), state)
                        .pruning())
                : Optional.empty();
    }

    /// The caller holds the lock. What is to be forgotten is written down first: whoever comes after
    /// a crash takes it up again.
    private void prune(Pruning pruning) throws IOException {
        if (!pruning.forgotten().isEmpty()) {
            var entry = new Entry(eventIds.get(), clock.instant(), pruning.forgotten());
            journal.append(ByteBuffer.wrap(Line.Seal.close(EventJson.write(entry))), position());
        }
        journal.compact(pruning::kept);
        startAnew();
        settleTail();
        checkpoint.delete();
    }

    synchronized List<DamagedLine> damaged() {
        return List.copyOf(damaged);
    }

    synchronized Position position() {
        return position;
    }

    long journalBytes() {
        return reading(journal::size);
    }

    @Override
    public void close() throws IOException {
        upkeep.close();
        queue.close();
        try (lock; checkpoint) {
            saveCheckpoint(CLOSING_BYTES);
        }
    }

    /// @return false when a line is in the way that only a settled scan can judge
    private synchronized boolean takeInTail(boolean settled) throws IOException {
        if (!opened) {
            opened = true;
            checkpoint.load(journal).ifPresent(this::resume);
        }
        Scan scan = journal.scan(position, settled, this::takeIn);
        position = scan.end();
        return !scan.blocked();
    }

    private void settleTail() throws IOException {
        again(() -> takeInTail(true));
    }

    private void takeIn(Line line) {
        switch (line) {
            case Line.Damaged(Position start, Position _, String _) ->
                report(damagedLine(start, WRONG_SEAL));
            case Line.Intact intact -> takeIn(intact);
        }
        unsavedBytes += Math.max(0, line.end().offset() - position.offset());
        position = line.end();
    }

    private void takeIn(Line.Intact line) {
        Place place = line.place();
        try {
            projection.apply(EventJson.read(line), place);
            last = place;
        } catch (NewerFormatException e) {
            throw new MemoryFailedException("%s, line %d, %s: update this MemCollab".formatted(
                    journal.fileOrDirectory(place.segment()), place.line() + 1, e.getMessage()), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            report(damagedLine(new Position(place.segment(), place.offset(), place.line()),
                    String.valueOf(e.getMessage())));
        }
    }

    private void report(DamagedLine line) {
        damaged.add(line);
        LOG.log(System.Logger.Level.WARNING, "{0}, line {1}: skipped, {2}", line.file(),
                Long.toString(line.number()), line.reason());
    }

    private DamagedLine damagedLine(Position start, String reason) {
        return new DamagedLine(journal.fileOrDirectory(start.segment()), start.lines() + 1,
                reason);
    }

    /// Where no lock can be had, nobody can write either.
    private boolean settle() throws IOException {
        Optional<ProcessLock.Held> held = Optional.empty();
        try {
            held = Optional.of(lock.acquire());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "reading {0} without its lock: {1}",
                    journal.directory(), e.getMessage());
        }
        try {
            settleTail();
            return true;
        } finally {
            if (held.isPresent()) {
                held.get().close();
            }
        }
    }

    private synchronized void startAnew() {
        LOG.log(System.Logger.Level.DEBUG, "{0} was compacted or replaced: reading it anew",
                journal.directory());
        resume(Checkpoint.Snapshot.nothing());
        opened = false;
    }

    private void resume(Checkpoint.Snapshot snapshot) {
        projection = snapshot.projection();
        texts = new Texts();
        position = snapshot.position();
        last = snapshot.last();
        damaged = new ArrayList<>(snapshot.damaged());
        unsavedBytes = 0;
    }

    private void saveSoon() {
        if (unsavedBytes() >= UPKEEP_BYTES && saving.compareAndSet(false, true)) {
            upkeep.execute(() -> {
                try {
                    saveCheckpoint(UPKEEP_BYTES);
                } finally {
                    saving.set(false);
                }
            });
        }
    }

    private void saveCheckpoint(long worthIt) {
        try {
            byte[] snapshot;
            Place covered;
            synchronized (this) {
                covered = last;
                if (covered == null || unsavedBytes < worthIt) {
                    return;
                }
                snapshot = CheckpointBytes.encoded(
                        new Checkpoint.Snapshot(projection, position, covered, damaged));
                unsavedBytes = 0;
            }
            checkpoint.save(snapshot, covered, journal);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "no checkpoint, the next start takes longer: {0}",
                    e.getMessage());
        }
    }

    private synchronized long unsavedBytes() {
        return unsavedBytes;
    }

    private <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot read %s: check that it may be read and that its disk works"
                            .formatted(journal.directory()),
                    e);
        }
    }

    private <T> T writing(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot write %s (%s): it needs free space on a local disk that may be written"
                            .formatted(journal.directory(), e.getMessage()),
                    e);
        }
    }
}
