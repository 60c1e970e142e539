package dev.memcollab.memory;

import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.EventJson.NewerFormatException;
import dev.memcollab.memory.Journal.SupersededException;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.Segment.Scan;
import dev.memcollab.memory.Segment.Writers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What reading the whole journal shows, without changing anything.
///
/// @param damaged the lines that cannot be used, with their bytes
/// @param newer the first line of a format to come, where reading ended
/// @param settled nobody wrote meanwhile
/// @param torn bytes behind the last complete line
record JournalSurvey(Projection projection, int events, List<Damage> damaged,
        Optional<DamagedLine> newer, Position end, boolean settled, long torn) {
    private static final int TRIES = 5;

    /// A line of the journal that cannot be used.
    record Damage(DamagedLine line, Line bytes) {}

    /// @param settled nobody writes meanwhile
    static JournalSurvey of(Journal journal, boolean settled) throws IOException {
        for (int tried = 1;; tried++) {
            try {
                return new Reader(journal).read(settled);
            } catch (SupersededException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Whether there is something at the end that may be torn or on its way.
    boolean isDoubtful() {
        return !settled && torn > 0;
    }

    /// Lines of files of older generations that the present one has neither kept nor forgotten.
    static List<byte[]> unaccounted(Journal journal) throws IOException {
        var present = new HashSet<String>();
        var raw = new HashSet<ByteBuffer>();
        var trajectories = new HashSet<String>();
        var constraints = new HashSet<String>();
        journal.scan(Position.START, true, line -> {
            raw.add(ByteBuffer.wrap(line.bytes()));
            entry(line).ifPresent(entry -> {
                present.add(entry.id());
                if (entry.event() instanceof Forgotten(var runs, var rules)) {
                    trajectories.addAll(runs);
                    constraints.addAll(rules);
                }
            });
        });
        List<Segment> superseded = journal.superseded();
        Pruning pruning = new Pruning(new Forgotten(trajectories, constraints), Set.of())
                .of(superseded);
        var unaccounted = new ArrayList<byte[]>();
        for (Segment segment : superseded) {
            segment.scan(Position.startOf(segment.number()), Writers.NEVER_AGAIN, line -> {
                boolean known = raw.contains(ByteBuffer.wrap(line.bytes()))
                        || entry(line).filter(entry -> present.contains(entry.id())).isPresent();
                if (!known && pruning.leaves(line)) {
                    unaccounted.add(line.bytes());
                }
            });
        }
        return unaccounted;
    }

    private static Optional<Entry> entry(Line line) {
        try {
            return line instanceof Line.Intact intact
                    ? Optional.of(EventJson.read(intact))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | NewerFormatException unusable) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private final Journal journal;
        private final Projection projection = new Projection();
        private final List<Damage> damaged = new ArrayList<>();
        private int events;
        private Position end = Position.START;

        Reader(Journal journal) {
            this.journal = journal;
        }

        JournalSurvey read(boolean settled) throws IOException {
            try {
                Scan scan = journal.scan(Position.START, settled, this::take);
                end = scan.end();
                return survey(Optional.empty(), settled);
            } catch (NewerLineException e) {
                return survey(Optional.of(e.line), settled);
            }
        }

        private JournalSurvey survey(Optional<DamagedLine> newer, boolean settled)
                throws IOException {
            List<Path> files = journal.files();
            long torn = files.isEmpty() || newer.isPresent()
                    ? 0
                    : files.getLast().toFile().length() - end.offset();
            return new JournalSurvey(projection, events, damaged, newer, end, settled,
                    Math.max(0, torn));
        }

        private void take(Line line) {
            switch (line) {
                case Line.Damaged(Position start, Position _, String _) ->
                    damaged.add(new Damage(describe(start, Ledger.WRONG_SEAL), line));
                case Line.Intact intact -> take(intact);
            }
            end = line.end();
        }

        private void take(Line.Intact line) {
            var start = new Position(line.place().segment(), line.place().offset(),
                    line.place().line());
            try {
                projection.apply(EventJson.read(line), line.place());
                events++;
            } catch (NewerFormatException e) {
                throw new NewerLineException(
                        describe(start, String.valueOf(e.getMessage())), e);
            } catch (IllegalArgumentException | DateTimeException e) {
                damaged.add(new Damage(describe(start, String.valueOf(e.getMessage())), line));
            }
        }

        private DamagedLine describe(Position start, String reason) {
            return new DamagedLine(journal.fileOrDirectory(start.segment()), start.lines() + 1,
                    reason);
        }
    }

    private static final class NewerLineException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient DamagedLine line;

        NewerLineException(DamagedLine line, Throwable cause) {
            super(cause);
            this.line = line;
        }
    }
}
