package dev.memcollab.memory;

import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.Segment.Scan;
import dev.memcollab.memory.Segment.Writers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The files of events, the memory's truth: lines are appended to the last of them, and a new one is
/// begun when it has grown large.
///
/// A file `NNNNNN.base.jsonl` begins a generation: it stands for all files of lower numbers, which
/// are deleted once it is there. It appears by a rename, so that every process reads the old
/// generation or the new one, whole.
final class Journal {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final Pattern NAME = Pattern.compile("(\\d{6,9})(\\.base)?\\.jsonl");
    private static final String UNFINISHED = "unfinished.tmp";

    private final Path directory;
    private final long segmentBytes;

    /// @param segmentBytes size from which on a new file is begun
    Journal(Path directory, long segmentBytes) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    Path directory() {
        return directory;
    }

    /// A position is of a generation that is no more: begin anew.
    static final class SupersededException extends IOException {
        private static final long serialVersionUID = 1;

        private SupersededException(int segment) {
            super("file %d of the journal was superseded".formatted(segment));
        }
    }

    /// The files of the present generation, oldest first.
    private List<Segment> segments() throws IOException {
        List<Segment> all = found();
        int base = 0;
        for (int i = 0; i < all.size(); i++) {
            if (isBase(all.get(i))) {
                base = i;
            }
        }
        return all.subList(Math.min(base, all.size()), all.size());
    }

    private List<Segment> found() throws IOException {
        var found = new ArrayList<Segment>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    found.add(new Segment(file, Integer.parseInt(name.group(1))));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(Segment::number).thenComparing(Journal::isBase));
        return found;
    }

    /// The paths of the present generation, oldest first.
    List<Path> files() throws IOException {
        return segments().stream().map(Segment::file).toList();
    }

    /// Numbers of the files that must have been between those that are there, or in front of them.
    List<Integer> missing() throws IOException {
        var missing = new ArrayList<Integer>();
        int expected = 0;
        for (Segment segment : segments()) {
            if (!isBase(segment)) {
                IntStream.range(expected == 0 ? 1 : expected, segment.number())
                        .forEach(missing::add);
            }
            expected = segment.number() + 1;
        }
        return missing;
    }

    /// Number of the newest file; 0 where there is none.
    int newest() throws IOException {
        List<Segment> segments = segments();
        return segments.isEmpty() ? 0 : segments.getLast().number();
    }

    /// What a process that died has left of older generations, in the order of their lines.
    List<Segment> superseded() throws IOException {
        List<Segment> present = segments();
        return found().stream().filter(segment -> !present.contains(segment)).toList();
    }

    /// Whether a generation was begun and never finished.
    boolean hasUnfinished() {
        return Files.exists(directory.resolve(UNFINISHED));
    }

    /// Bytes behind the last complete line of the newest file, once nobody writes.
    byte[] torn(Position end) throws IOException {
        Segment last = segments().getLast();
        byte[] all = Files.readAllBytes(last.file());
        return Arrays.copyOfRange(all, (int) Math.min(all.length, end.offset()), all.length);
    }

    /// Cuts those. The caller holds the lock.
    void cutTorn(Position end) throws IOException {
        segments().getLast().close(end);
    }

    private static boolean isBase(Segment segment) {
        return segment.file().toString().endsWith(".base.jsonl");
    }

    /// Size of the present generation in bytes.
    long size() throws IOException {
        long size = 0;
        for (Segment segment : segments()) {
            size += segment.size();
        }
        return size;
    }

    Path file(int segment) throws IOException {
        return segment(segments(), segment).file();
    }

    /// The file of that number, or where it would be.
    Path fileOrDirectory(int segment) {
        try {
            return file(segment);
        } catch (IOException e) {
            return directory;
        }
    }

    private static Segment segment(List<Segment> segments, int number)
            throws SupersededException {
        return segments.stream().filter(segment -> segment.number() == number).findFirst()
                .orElseThrow(() -> new SupersededException(number));
    }

    /// Hands on the complete lines from a position, in order.
    ///
    /// @param settled nobody writes meanwhile: then a line that does not fit its seal is known to be
    ///     damaged, unless it is the last
    /// @throws SupersededException where the position is of an older generation
    Scan scan(Position from, boolean settled, Consumer<Line> lines) throws IOException {
        try {
            return scan(segments(), from, settled, lines);
        } catch (NoSuchFileException e) {
            throw new SupersededException(from.segment());
        }
    }

    private static Scan scan(List<Segment> segments, Position from, boolean settled,
            Consumer<Line> lines) throws IOException {
        if (segments.isEmpty()) {
            if (from.segment() > 0) {
                throw new SupersededException(from.segment());
            }
            return new Scan(from, false);
        }
        int first = from.segment() == 0
                ? 0
                : segments.indexOf(segment(segments, from.segment()));
        if (segments.get(first).size() < from.offset()) {
            throw new SupersededException(from.segment());
        }
        var reached = new Scan(from, false);
        for (int i = first; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            Writers writers = last ? (settled ? Writers.NONE : Writers.ANY) : Writers.NEVER_AGAIN;
            Position begin = segment.number() == from.segment()
                    ? from
                    : Position.startOf(segment.number());
            reached = segment.scan(begin, writers, lines);
        }
        return reached;
    }

    /// The line at a place.
    ///
    /// @throws SupersededException where the place is of an older generation
    Line.Intact read(Place place) throws IOException {
        try {
            return segment(segments(), place.segment()).read(place);
        } catch (NoSuchFileException e) {
            throw new SupersededException(place.segment());
        }
    }

    /// Whether this very line is still there.
    boolean has(Place place) {
        try {
            read(place);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "not of this journal: {0}", e.getMessage());
            return false;
        }
    }

    /// Writes sealed lines and sees them on disk. The caller holds the lock and has scanned to `end`.
    void append(ByteBuffer lines, Position end) throws IOException {
        List<Segment> segments = segments();
        if (segments.isEmpty()) {
            Directories.createPrivate(directory);
            begin(1, lines);
            return;
        }
        Segment last = segments.getLast();
        if (end.offset() >= segmentBytes) {
            last.close(end);
            begin(last.number() + 1, lines);
        } else {
            last.append(lines, end);
        }
    }

    private void begin(int number, ByteBuffer lines) throws IOException {
        var segment = new Segment(directory.resolve("%06d.jsonl".formatted(number)), number);
        try {
            segment.append(lines, Position.startOf(number));
        } catch (IOException e) {
            // Empty, it would only be in the way.
            if (Files.exists(segment.file()) && segment.size() == 0) {
                Files.delete(segment.file());
            }
            throw e;
        }
        forceDirectory();
    }

    /// Sees on disk what another process may have written and not yet forced.
    void force() throws IOException {
        List<Segment> segments = segments();
        if (!segments.isEmpty()) {
            try (var output = FileChannel.open(segments.getLast().file(),
                    StandardOpenOption.WRITE)) {
                output.force(false);
            }
        }
    }

    /// Begins a new generation with what is to be kept of each line. The caller holds the lock.
    ///
    /// @param kept the line as it is to stand, line break included; empty: dropped
    void compact(Function<Line, Optional<byte[]>> kept) throws IOException {
        List<Segment> segments = segments();
        if (segments.isEmpty()) {
            return;
        }
        int number = segments.getLast().number() + 1;
        Path unfinished = directory.resolve(UNFINISHED);
        try {
            rewrite(segments, unfinished, kept);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, directory.resolve("%06d.base.jsonl".formatted(number)),
                StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
        deleteSuperseded();
    }

    private static void rewrite(List<Segment> segments, Path target,
            Function<Line, Optional<byte[]>> kept) throws IOException {
        try (var channel = FileChannel.open(target, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                var output = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            scan(segments, Position.START, true, line -> write(kept.apply(line), output));
            output.flush();
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(Optional<byte[]> line, OutputStream output) {
        if (line.isPresent()) {
            try {
                output.write(line.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Deletes what a process that died has left of older generations and of one that never began.
    /// The caller holds the lock.
    void deleteSuperseded() throws IOException {
        List<Segment> present = segments();
        for (Segment segment : found()) {
            if (!present.contains(segment)) {
                Files.deleteIfExists(segment.file());
            }
        }
        Files.deleteIfExists(directory.resolve(UNFINISHED));
    }

    /// The name of a new file is data of its directory. Windows has no such call and needs none.
    private void forceDirectory() throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
