package dev.memcollab.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a repair takes out of the journal, byte by byte as it was, for a person to look at. Lines
/// of it that are intact can be imported.
final class SetAside {
    static final String NAME = "damaged";
    private static final DateTimeFormatter FILE = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'.jsonl'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final List<byte[]> lines = new ArrayList<>();

    SetAside(Path memoryDirectory) {
        this.directory = memoryDirectory.resolve(NAME);
    }

    void add(byte[] line) {
        lines.add(line.clone());
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return lines.size();
    }

    /// Writes what was added to a file of its own, which appears when it is whole and on disk.
    Path write(Instant now) throws IOException {
        Directories.createPrivate(directory);
        Path file = free(now);
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (var output = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (byte[] line : lines) {
                var bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
                while (bytes.hasRemaining()) {
                    output.write(bytes);
                }
            }
            output.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    /// A clock that stands still, or goes back, must not cost what was set aside before.
    private Path free(Instant now) {
        Instant time = now;
        while (Files.exists(directory.resolve(FILE.format(time)))) {
            time = time.plusMillis(1);
        }
        return directory.resolve(FILE.format(time));
    }
}
