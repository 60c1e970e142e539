package dev.memcollab.server.hook;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.memcollab.memory.Directories;
import dev.memcollab.server.Home;
import dev.memcollab.trajectory.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/// Where hooks say what failed, since nobody listens to them: `hooks.log`, and the one before it.
public final class HookLog {
    private static final long MOST_BYTES = 256 << 10;

    private final Path directory;
    private final Clock clock;

    /// That of a home.
    public static HookLog in(Home home) {
        return new HookLog(home.log(), Clock.systemUTC());
    }

    HookLog(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Adds a line. A log that cannot be written is done without.
    public void write(HookEvent event, String what) {
        try {
            Directories.createPrivate(directory);
            Path file = directory.resolve("hooks.log");
            if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
                Files.move(file, directory.resolve("hooks.log.1"), REPLACE_EXISTING);
            }
            Files.writeString(file, "%s %s: %s%n".formatted(clock.instant(), event.label(),
                    Excerpt.line(what)), CREATE, APPEND);
        } catch (IOException unwritable) {
            System.getLogger(HookLog.class.getName()).log(System.Logger.Level.DEBUG,
                    "the log of hooks cannot be written", unwritable);
        }
    }
}
