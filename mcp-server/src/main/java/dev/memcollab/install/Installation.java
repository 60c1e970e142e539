package dev.memcollab.install;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The server in the file of one client.
public final class Installation {
    private final ConfigText text;
    private final ConfigFile file;

    private Installation(ConfigText text, ConfigFile file) {
        this.text = text;
        this.file = file;
    }

    /// Looks for the file of a client.
    ///
    /// @param project its root
    public static Installation of(Client client, Scope scope, Machine machine, Path project) {
        return new Installation(client.text(),
                new ConfigFile(client.file(scope, machine, project)));
    }

    public Path file() {
        return file.path();
    }

    /// What has to change so that the client starts the server as the entry says.
    public Change adding(ServerEntry entry) {
        Optional<String> before = file.text();
        try {
            return new Change(file.path(), before,
                    Optional.of(text.with(before.orElse(""), entry)));
        } catch (InstallFailedException e) {
            throw e.in(file.path());
        }
    }

    /// What has to change so that the client does not start the server.
    public Change removing() {
        Optional<String> before = file.text();
        if (before.isEmpty()) {
            return new Change(file.path(), before, before);
        }
        try {
            String without = text.without(before.get());
            boolean isThere = !without.equals(before.get());
            Optional<String> after = isThere
                    ? original(before.get(), without)
                    : before;
            return new Change(file.path(), before, after);
        } catch (InstallFailedException e) {
            throw e.in(file.path());
        }
    }

    /// What the file was, if it has not been changed since the server came in; else the rest of it.
    private Optional<String> original(String now, String without) {
        Optional<ServerEntry> entry = text.entry(now);
        if (entry.isEmpty()) {
            return Optional.of(without);
        }
        Optional<String> kept = file.backups().stream()
                .filter(backup -> makes(backup, entry.get(), now)).findFirst();
        return kept.isEmpty() && makes("", entry.get(), now)
                ? Optional.empty()
                : Optional.of(kept.orElse(without));
    }

    private boolean makes(String backup, ServerEntry entry, String now) {
        try {
            return !backup.equals(now) && text.entry(backup).isEmpty()
                    && text.with(backup, entry).equals(now);
        } catch (InstallFailedException e) { // of a backup that the user could not use either
            return false;
        }
    }

    /// Makes a change that this installation proposed.
    ///
    /// @param now gives a backup its name
    /// @return where the file as it was is kept, if there was one
    public Optional<Path> make(Change change, Instant now) {
        return file.make(change, now);
    }
}
