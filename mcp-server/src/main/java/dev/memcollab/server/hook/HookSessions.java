package dev.memcollab.server.hook;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.memcollab.memory.Directories;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is known of each session between two hooks: a small JSON file a session.
///
/// Two hooks of one session may run at once; one changes the file after the other.
final class HookSessions {
    private static final String SUFFIX = ".json";
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int MOST_NAME = 100;
    /// A lock on a file keeps out other processes, not other threads.
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path directory;

    HookSessions(Path directory) {
        this.directory = directory;
    }

    /// Makes a state of another; null for nothing.
    @FunctionalInterface
    interface Change {
        @Nullable
        SessionState of(Optional<SessionState> before) throws IOException;
    }

    /// What is known of a session.
    Optional<SessionState> known(String session) throws IOException {
        return read(file(session));
    }

    /// Changes the state of a session while nobody else does.
    void change(String session, Change change) throws IOException {
        IN_THIS_PROCESS.lock();
        try {
            changeLocked(file(session), change);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void changeLocked(Path file, Change change) throws IOException {
        Directories.createPrivate(directory);
        try (var lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
                var _ = lock.lock()) {
            Optional<SessionState> before = read(file);
            SessionState after = change.of(before);
            if (after == null) {
                Files.deleteIfExists(file);
            } else if (!Optional.of(after).equals(before)) {
                write(file, after);
            }
        }
    }

    private static void write(Path file, SessionState state) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(half, JsonMapper.shared().writeValueAsString(state));
        Files.move(half, file, ATOMIC_MOVE);
    }

    /// A state that cannot be read is none: what it says can be found out again.
    private static Optional<SessionState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readString(file),
                    SessionState.class));
        } catch (JacksonException | NullPointerException broken) {
            return Optional.empty();
        }
    }

    /// Sessions of which nothing was heard since then.
    List<String> quietSince(Instant then) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var quiet = new ArrayList<String>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(then)) {
                    quiet.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return quiet;
    }

    /// Forgets sessions of which nothing was heard since then.
    void dropQuietSince(Instant then) throws IOException {
        for (String session : quietSince(then)) {
            change(session, _ -> null);
        }
    }

    /// A session's name may be anything, the file's not.
    private Path file(String session) {
        String safe = UNSAFE.matcher(session).replaceAll("_");
        return directory.resolve(
                safe.substring(0, Math.min(MOST_NAME, safe.length())) + SUFFIX);
    }
}
