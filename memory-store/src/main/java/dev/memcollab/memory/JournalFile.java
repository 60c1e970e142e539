package dev.memcollab.memory;

import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/// The file of events: sealed lines, only ever appended to.
final class JournalFile {
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
    private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());
    private static final int CHUNK = 1 << 16;

    private final Path file;

    JournalFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// What a scan came to.
    ///
    /// @param end behind the last line that was handed on
    /// @param blocked it stopped at a line that may be torn or damaged; only a settled scan can
    ///     tell which
    record Scan(Position end, boolean blocked) {}

    /// Hands on the complete lines from a position, in order.
    ///
    /// @param settled nobody writes meanwhile: then a line that does not fit its seal is known to be
    ///     damaged, unless it is the last
    Scan scan(Position from, boolean settled, Consumer<Line> lines) throws IOException {
        if (size() <= from.offset()) {
            return new Scan(from, false);
        }
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(from.offset());
            return new Scanner(from, settled, lines).scan(input);
        }
    }

    /// The text of an intact line.
    String read(Place line) throws IOException {
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (line.end().offset() - line.start().offset() - 1)];
            input.seek(line.start().offset());
            input.readFully(bytes);
            if (!Line.Seal.verified(bytes).equals(Optional.of(line.seal()))) {
                throw new IOException("line %d of %s has changed since it was read"
                        .formatted(line.start().lines() + 1, file));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// Writes a sealed line and sees it on disk. The caller holds the lock and has scanned to `end`.
    void append(byte[] line, Position end) throws IOException {
        boolean created = size() == 0;
        if (created) {
            Directories.createPrivate(file.toAbsolutePath().getParent());
        }
        try (var output = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            cutTornEnd(output, end);
            write(output, ByteBuffer.wrap(line), end.offset());
            output.force(false);
        }
        if (created) {
            forceDirectory();
        }
    }

    /// Sees on disk what is in the file.
    void force() throws IOException {
        if (size() > 0) {
            try (var output = FileChannel.open(file, StandardOpenOption.WRITE)) {
                output.force(false);
            }
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

    private static void write(FileChannel output, ByteBuffer line, long offset)
            throws IOException {
        try {
            output.position(offset);
            while (line.hasRemaining()) {
                output.write(line);
            }
        } catch (IOException e) {
            output.truncate(offset);
            throw e;
        }
    }

    /// The name of a new file is data of its directory. Windows has no such call and needs none.
    private void forceDirectory() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Cuts bytes into lines and holds back one that may be torn.
    private static final class Scanner {
        private final boolean settled;
        private final Consumer<Line> lines;
        private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
        private Position end;
        private Optional<Line> doubtful = Optional.empty();

        Scanner(Position from, boolean settled, Consumer<Line> lines) {
            this.end = from;
            this.settled = settled;
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
            if (settled && unfinished.size() > 0) {
                doubtful.ifPresent(this::handOn);
            }
            return new Scan(end, blocked());
        }

        private boolean blocked() {
            return !settled && doubtful.isPresent();
        }

        private void complete(byte[] bytes) {
            doubtful.ifPresent(this::handOn);
            doubtful = Optional.empty();
            Position behind = end.after(bytes.length + 1L);
            Optional<String> seal = Line.Seal.verified(bytes);
            if (seal.isPresent()) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                handOn(new Line.Intact(new Place(end, behind, seal.get()), text));
            } else {
                doubtful = Optional.of(new Line.Damaged(end, behind));
            }
        }

        private void handOn(Line line) {
            end = line.end();
            lines.accept(line);
        }
    }
}
