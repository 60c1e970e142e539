package dev.memcollab.memory;

import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.EventJson.NewerFormatException;
import dev.memcollab.memory.JournalFile.Scan;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The journal together with the state it adds up to, in step with every process that writes to it.
final class Ledger implements AutoCloseable {
    /*
     * Whoever reads first takes in what was appended since: one look at the file's size where
     * nothing was. Readers take no lock, with one exception: a line that does not fit its seal may
     * be damaged or about to be cut, and only a writer's absence tells which.
     *
     * Writing happens on a thread of its own, which nobody interrupts: an interrupted thread's
     * channels are closed, and with the channel goes the lock.
     *
     * Order of locks: the journal's, then the monitor of this.
     */
    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final JournalFile journal;
    private final ProcessLock lock;
    private final Clock clock;
    private final Supplier<String> eventIds;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-journal").factory());

    private Projection projection = new Projection();
    private Position position = Position.START;
    private final List<DamagedLine> damaged = new ArrayList<>();

    /// @param eventIds gives each event an id that no other has
    Ledger(Path memoryDirectory, Clock clock, Supplier<String> eventIds) {
        this.journal = new JournalFile(memoryDirectory.resolve("journal").resolve("000001.jsonl"));
        this.lock = new ProcessLock(memoryDirectory.resolve("journal.lock"));
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /// Looks at the state, with all in it that was acknowledged before the call.
    <T> T read(Function<Projection, T> question) {
        return reading(() -> {
            if (!takeInTail(false)) {
                onWriter(this::settle);
            }
            synchronized (this) {
                return question.apply(projection);
            }
        });
    }

    /// Appends an event, unless the state holds it already. On return it is on disk.
    ///
    /// @param allowed may refuse by an exception, on seeing the state that the event is appended to
    /// @return whether it was appended
    boolean write(Event event, Consumer<Projection> allowed) {
        var entry = new Entry(eventIds.get(), clock.instant(), event);
        byte[] line = Line.Seal.close(EventJson.write(entry));
        return writing(() -> onWriter(() -> {
            try (var _ = lock.acquire()) {
                takeInTail(true);
                boolean wanted = wanted(event, allowed);
                if (wanted) {
                    journal.append(line, position());
                } else {
                    // Who wrote it may have died before it reached the disk.
                    journal.force();
                }
                return wanted;
            }
        }));
    }

    /// The event at a place in the journal.
    Event eventAt(Place place) {
        return reading(() -> EventJson.read(journal.read(place)).event());
    }

    /// Hands on each intact line as it stands in the journal.
    ///
    /// @return the lines that were left out
    List<DamagedLine> lines(Consumer<String> sink) {
        var left = new ArrayList<DamagedLine>();
        read(_ -> true);
        Position acknowledged = position();
        reading(() -> journal.scan(Position.START, true, line -> {
            if (line.end().offset() <= acknowledged.offset()) {
                switch (line) {
                    case Line.Intact(Place _, String text) -> sink.accept(text);
                    case Line.Damaged(Position start, Position _) ->
                        left.add(damagedLine(start, "its checksum does not fit"));
                }
            }
        }));
        return left;
    }

    synchronized List<DamagedLine> damaged() {
        return List.copyOf(damaged);
    }

    synchronized Position position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        lock.close();
    }

    private synchronized boolean wanted(Event event, Consumer<Projection> allowed) {
        allowed.accept(projection);
        return !projection.holds(event);
    }

    /// @return false when a line is in the way that only a settled scan can judge
    private synchronized boolean takeInTail(boolean settled) throws IOException {
        if (journal.size() < position.offset()) {
            LOG.log(System.Logger.Level.WARNING, "{0} has become shorter: reading it anew",
                    journal.path());
            projection = new Projection();
            position = Position.START;
            damaged.clear();
        }
        Scan scan = journal.scan(position, settled, this::takeIn);
        return !scan.blocked();
    }

    private void takeIn(Line line) {
        switch (line) {
            case Line.Damaged(Position start, Position _) ->
                report(damagedLine(start, "its checksum does not fit"));
            case Line.Intact(Place place, String text) -> takeIn(place, text);
        }
        position = line.end();
    }

    private void takeIn(Place place, String text) {
        try {
            projection.apply(EventJson.read(text), place);
        } catch (NewerFormatException e) {
            throw new MemoryFailedException("%s, line %d, %s: update this MemCollab".formatted(
                    journal.path(), place.start().lines() + 1, e.getMessage()), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            report(damagedLine(place.start(), String.valueOf(e.getMessage())));
        }
    }

    private void report(DamagedLine line) {
        damaged.add(line);
        LOG.log(System.Logger.Level.WARNING, "{0}, line {1}: skipped, {2}", line.file(),
                Long.toString(line.number()), line.reason());
    }

    private DamagedLine damagedLine(Position start, String reason) {
        return new DamagedLine(journal.path(), start.lines() + 1, reason);
    }

    /// Where no lock can be had, nobody can write either.
    private boolean settle() throws IOException {
        Optional<ProcessLock.Held> held = Optional.empty();
        try {
            held = Optional.of(lock.acquire());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "reading {0} without its lock: {1}", journal.path(),
                    e.getMessage());
        }
        try {
            return takeInTail(true);
        } finally {
            if (held.isPresent()) {
                held.get().close();
            }
        }
    }

    private <T> T onWriter(Work<T> work) throws IOException {
        Future<T> result;
        try {
            result = writer.submit(work::run);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the memory is closed", e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException(cause);
        };
    }

    private <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot read %s: check that it may be read and that its disk works"
                            .formatted(journal.path()),
                    e);
        }
    }

    private <T> T writing(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot write %s (%s): it needs free space on a local disk that may be written"
                            .formatted(journal.path(), e.getMessage()),
                    e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}
