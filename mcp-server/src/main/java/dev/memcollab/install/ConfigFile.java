package dev.memcollab.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file of somebody else's, with the backups that were made of it.
///
/// @param path as it is known to its owner, who may have made it a link
record ConfigFile(Path path) {
    private static final String BACKUP = ".memcollab-backup-";
    private static final int MOST_LINKS = 40;
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// Its text, if the file exists.
    Optional<String> text() {
        return read(path);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new InstallFailedException(file + " is not in UTF-8; it was not changed", e);
        } catch (IOException e) {
            throw new InstallFailedException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /// The texts that were kept, newest first.
    List<String> backups() {
        Path directory = directory(path);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            String name = path.getFileName() + BACKUP;
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted(Comparator.reverseOrder()).map(ConfigFile::read)
                    .flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new InstallFailedException("%s cannot be read: %s".formatted(directory, e), e);
        }
    }

    /// Makes a change, whole or not at all.
    ///
    /// @return where the file as it was is kept, if there was one
    Optional<Path> make(Change change, Instant now) {
        try {
            if (!text().equals(change.before())) {
                throw new InstallFailedException(
                        path + " was changed by another program meanwhile: try again");
            }
            Optional<Path> kept = Optional.empty();
            if (change.before().isPresent()) {
                kept = Optional.of(backup(now));
            }
            if (change.after().isPresent()) {
                replace(target(), change.after().get());
            } else {
                Files.delete(path);
            }
            return kept;
        } catch (IOException e) {
            throw new InstallFailedException("%s cannot be changed: %s".formatted(path, e), e);
        }
    }

    private Path backup(Instant now) throws IOException {
        String name = path.getFileName() + BACKUP + TIME.format(now);
        Path backup = path.resolveSibling(name);
        for (int again = 2; Files.exists(backup); again++) {
            backup = path.resolveSibling(name + "-" + again);
        }
        return Files.copy(path, backup, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// The file that the path leads to, be it by links.
    private Path target() throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new InstallFailedException(path + " is a link that leads nowhere");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void replace(Path file, String text) throws IOException {
        Files.createDirectories(directory(file));
        Path fresh = file.resolveSibling(
                "%s.memcollab-%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
        Optional<Set<PosixFilePermission>> permissions = permissions(file);
        try {
            write(fresh, text, permissions);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void write(Path fresh, String text,
            Optional<Set<PosixFilePermission>> permissions) throws IOException {
        // From the first byte: the file may hold secrets.
        FileAttribute<?>[] attributes = permissions.map(PosixFilePermissions::asFileAttribute)
                .map(one -> new FileAttribute<?>[]{one}).orElseGet(() -> new FileAttribute<?>[0]);
        try (var channel = FileChannel.open(fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (permissions.isPresent()) {
            // What the process's mask took away.
            Files.setPosixFilePermissions(fresh, permissions.get());
        }
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null || !Files.exists(file)
                ? Optional.empty()
                : Optional.of(view.readAttributes().permissions());
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
