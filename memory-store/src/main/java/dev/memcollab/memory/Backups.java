package dev.memcollab.memory;

import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.Segment.Writers;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Copies of the journal, a file each, in the form of an export.
final class Backups {
    private static final DateTimeFormatter NAME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'.jsonl'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".tmp";

    private final Path directory;

    Backups(Path directory) {
        this.directory = directory;
    }

    /// Writes a backup, which appears when it is complete and on disk.
    Path write(Instant now, Consumer<Writer> contents) throws IOException {
        Directories.createPrivate(directory);
        Path backup = directory.resolve(NAME.format(now));
        Path unfinished = backup.resolveSibling(backup.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                var writer = new BufferedWriter(new OutputStreamWriter(
                        Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            contents.accept(writer);
            writer.flush();
            channel.force(true);
        }
        Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE);
        return backup;
    }

    /// The backups, oldest first.
    List<Path> complete() throws IOException {
        return files(file -> !file.toString().endsWith(UNFINISHED));
    }

    /// Those that were begun and have not grown since a time.
    List<Path> unfinished(Instant since) throws IOException {
        return files(file -> file.toString().endsWith(UNFINISHED)
                && Files.getLastModifiedTime(file).toInstant().isBefore(since));
    }

    private List<Path> files(DirectoryStream.Filter<Path> which) throws IOException {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, which)) {
                files.forEach(found::add);
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /// Takes out of each backup what is forgotten, and deletes those that were never completed.
    void prune(Pruning pruning) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                } else {
                    prune(file, pruning);
                }
            }
        }
    }

    private static void prune(Path backup, Pruning forgotten) throws IOException {
        var copy = new Segment(backup, 1);
        Pruning pruning = forgotten.of(List.of(copy));
        Path unfinished = backup.resolveSibling(backup.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                var output = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            copy.scan(Position.startOf(1), Writers.NEVER_AGAIN, line -> {
                try {
                    output.write(pruning.kept(line).orElse(new byte[0]));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            output.flush();
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
