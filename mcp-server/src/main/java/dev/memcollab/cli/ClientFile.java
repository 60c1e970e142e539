package dev.memcollab.cli;

import dev.memcollab.install.Change;
import dev.memcollab.install.Client;
import dev.memcollab.install.Installation;
import dev.memcollab.install.Scope;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// The file of a client that a command is to change, and what it says of the change.
final class ClientFile {
    @Parameters(paramLabel = "CLIENT", converter = ByLabel.class, description = "claude-code, claude-desktop, vscode, cursor, codex, gemini, zed, windsurf or junie.")
    private Client client;
    @Option(names = "--project", description = "For the project in this directory alone, not for all that you do.")
    private boolean project;
    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    /// Clients by the names that people type.
    static final class ByLabel implements ITypeConverter<Client> {
        @Override
        public Client convert(String label) {
            try {
                return Client.named(label);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    Client client() {
        return client;
    }

    boolean isDryRun() {
        return dryRun;
    }

    boolean isOfProject() {
        return project;
    }

    Installation installation(Surroundings around) {
        return Installation.of(client, project ? Scope.PROJECT : Scope.USER, around.machine(),
                around.directory());
    }

    /// Makes a change, unless it is only to be shown.
    ///
    /// @return where the file as it was is kept, if there was one and it was changed
    Optional<Path> make(Installation installation, Change change, Surroundings around) {
        return dryRun || change.isNone()
                ? Optional.empty()
                : installation.make(change, around.clock().instant());
    }

    /// Says what became of it.
    ///
    /// @return whether that was all as JSON, and no more is to be said
    /// @param done a sentence for when all is made
    /// @param none a sentence for when nothing was to be done
    boolean report(CommandSpec spec, Change change, Optional<Path> backup, String done, String none,
            Map<String, Object> more) {
        if (json) {
            Output.json(spec, structured(change, backup, more));
            return true;
        }
        PrintWriter out = Output.of(spec);
        if (change.isNone()) {
            out.printf("%s: %s%n", change.file(), none);
        } else if (dryRun) {
            out.printf("%s would be %s:%n%s%n", change.file(), verb(change), change.shown());
        } else {
            out.printf("%s is %s: %s%n", change.file(), verb(change), done);
            backup.ifPresent(kept -> out.printf("As it was, it is kept in %s%n", kept));
        }
        return false;
    }

    private static String verb(Change change) {
        if (change.before().isEmpty()) {
            return "made";
        }
        return change.after().isEmpty() ? "deleted" : "changed";
    }

    private Map<String, Object> structured(Change change, Optional<Path> backup,
            Map<String, Object> more) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("client", client.label());
        fields.put("scope", project ? "project" : "user");
        fields.put("file", change.file().toString());
        fields.put("dry_run", dryRun);
        fields.put("changed", !dryRun && !change.isNone());
        fields.put("change", change.isNone() ? "" : change.shown());
        backup.ifPresent(kept -> fields.put("backup", kept.toString()));
        fields.putAll(more);
        return fields;
    }
}
