package dev.memcollab.memory;

import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// One file of the journal: sealed lines, only ever appended to.
///
/// @param number of the file; lines of a higher one were written later
record Segment(Path file, int number) {
    /*
     * Invariant: a complete line with a right seal is never taken back, acknowledged or not; so
     * whoever has read it may go on from behind it. What a crash can leave is a torn end: bytes
     * without a line break, or a last line whose seal does not fit. It was never acknowledged, and
     * the next writer cuts it under the lock.
     *
     * The file is opened by name for each operation: a handle kept open would go on writing to a
     * file that somebody has moved away.
     *
     * Reading uses RandomAccessFile, because a FileChannel is closed by the interruption of the
     * thread that reads from it.
     */
    private static final System.Logger LOG = System.getLogger(Segment.class.getName());
    private static final int CHUNK = 1 << 16;

    long size() throws IOException {
        return Files.size(file);
    }

    /// What a scan came to.
    ///
    /// @param end behind the last line that was handed on
    /// @param blocked it stopped at a line that may be torn or damaged; only a settled scan can
    ///     tell which
    record Scan(Position end, boolean blocked) {}

    /// Who may be writing meanwhile.
    enum Writers {
        /// Anybody: a last line that does not fit its seal may be on its way.
        ANY,
        /// Nobody: such a line is torn, and the next writer cuts it.
        NONE,
        /// Nobody ever again: it is damaged.
        NEVER_AGAIN
    }

    /// Hands on the complete lines from a position in this file, in order.
    Scan scan(Position from, Writers writers, Consumer<Line> lines) throws IOException {
        if (size() <= from.offset()) {
            return new Scan(from, false);
        }
        try (var input = open()) {
            input.seek(from.offset());
            return new Scanner(from, writers, lines).scan(input);
        }
    }

    /// An intact line.
    Line.Intact read(Place place) throws IOException {
        try (var input = open()) {
            byte[] bytes = new byte[place.length() - 1];
            input.seek(place.offset());
            input.readFully(bytes);
            if (!Line.Seal.verified(bytes).equals(OptionalInt.of(place.crc()))) {
                throw new IOException("line %d of %s has changed since it was read"
                        .formatted(place.line() + 1, file));
            }
            return Line.Intact.of(place, bytes);
        }
    }

    private RandomAccessFile open() throws IOException {
        try {
            return new RandomAccessFile(file.toFile(), "r");
        } catch (FileNotFoundException e) {
            // It may be there and not be readable.
            throw Files.exists(file)
                    ? new IOException(e.getMessage(), e)
                    : new NoSuchFileException(file.toString());
        }
    }

    /// Writes sealed lines and sees them on disk. The caller holds the lock and has scanned to `end`.
    void append(ByteBuffer lines, Position end) throws IOException {
        try (var output = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            cutTornEnd(output, end);
            write(output, lines, end.offset());
            output.force(false);
        }
    }

    /// Cuts what a writer that died left behind the last complete line, for good.
    void close(Position end) throws IOException {
        try (var output = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cutTornEnd(output, end);
            output.force(false);
        }
    }

    private void cutTornEnd(FileChannel output, Position end) throws IOException {
        long torn = output.size() - end.offset();
        if (torn > 0) {
            LOG.log(System.Logger.Level.WARNING,
                    "{0}, line {1}: cut a torn last line of {2} bytes, which was never acknowledged",
                    file, Long.toString(end.lines() + 1), Long.toString(torn));
            output.truncate(end.offset());
        }
    }

    private static void write(FileChannel output, ByteBuffer lines, long offset)
            throws IOException {
        try {
            output.position(offset);
            while (lines.hasRemaining()) {
                output.write(lines);
            }
        } catch (IOException e) {
            output.truncate(offset + complete(lines));
            throw e;
        }
    }

    /// Bytes of the complete lines among those that were written: of these, somebody may have read.
    private static int complete(ByteBuffer lines) {
        int end = lines.position();
        while (end > 0 && lines.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    /// Cuts bytes into lines and holds back one that may be torn.
    private static final class Scanner {
        private final Writers writers;
        private final Consumer<Line> lines;
        private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
        private Position end;
        private Optional<Line> doubtful = Optional.empty();

        Scanner(Position from, Writers writers, Consumer<Line> lines) {
            this.end = from;
            this.writers = writers;
            this.lines = lines;
        }

        Scan scan(RandomAccessFile input) throws IOException {
            byte[] chunk = new byte[CHUNK];
            for (int read = input.read(chunk); read > 0 && !blocked(); read = input.read(chunk)) {
                int begin = 0;
                for (int i = 0; i < read && !blocked(); i++) {
                    if (chunk[i] == '\n') {
                        unfinished.write(chunk, begin, i - begin);
                        begin = i + 1;
                        complete(unfinished.toByteArray());
                        unfinished.reset();
                    }
                }
                unfinished.write(chunk, begin, read - begin);
            }
            settle();
            return new Scan(end, blocked());
        }

        private void settle() {
            boolean more = unfinished.size() > 0;
            if (writers == Writers.NEVER_AGAIN || (writers == Writers.NONE && more)) {
                doubtful.ifPresent(this::handOn);
                doubtful = Optional.empty();
            }
            if (writers == Writers.NEVER_AGAIN && more) {
                handOn(Line.Damaged.of(end, end.after(unfinished.size()),
                        unfinished.toByteArray()));
            }
        }

        private boolean blocked() {
            return writers == Writers.ANY && doubtful.isPresent();
        }

        private void complete(byte[] bytes) {
            doubtful.ifPresent(this::handOn);
            doubtful = Optional.empty();
            OptionalInt crc = Line.Seal.verified(bytes);
            if (crc.isPresent()) {
                handOn(Line.Intact.of(new Place(end.segment(), end.offset(), end.lines(),
                        bytes.length + 1, crc.getAsInt()), bytes));
            } else {
                doubtful = Optional.of(
                        Line.Damaged.of(end, end.after(bytes.length + 1L), bytes));
            }
        }

        private void handOn(Line line) {
            end = line.end();
            lines.accept(line);
        }
    }
}
