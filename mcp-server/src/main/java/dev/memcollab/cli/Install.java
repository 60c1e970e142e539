package dev.memcollab.cli;

import dev.memcollab.install.Change;
import dev.memcollab.install.Deeplink;
import dev.memcollab.install.Installation;
import dev.memcollab.install.ServerEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `install`: has a client start the server.
@Command(name = "install", description = {"Write the server into the file in which a client looks"
        + " for servers. What else is in the file stays, comments included.",
        "The file as it was is kept beside it. A --home that is given is written down, too."})
final class Install implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Mixin
    private ClientFile target = new ClientFile();
    @Option(names = "--link", description = "Print a link that has the client itself ask for it, and change nothing (vscode, cursor).")
    private boolean link;

    @Override
    public Integer call() {
        Surroundings around = program.surroundings();
        ServerEntry entry = entry(around);
        if (link) {
            Output.of(spec).println(link(entry));
            return 0;
        }
        Installation installation = target.installation(around);
        Change change = installation.adding(entry);
        Optional<Path> backup = target.make(installation, change, around);
        target.report(spec, change, backup, "%s starts memcollab from its next start on."
                .formatted(target.client().title()) + caution(), "memcollab is installed already,"
                        + " nothing was changed.",
                Map.of());
        return 0;
    }

    private ServerEntry entry(Surroundings around) {
        Path launcher = around.launcher()
                .orElseThrow(
                        () -> new IllegalArgumentException("install writes down the path of the"
                                + " launcher, and so must be started by it: ./memcollab install CLIENT"));
        return ServerEntry.of(launcher, program.homeAsTold());
    }

    private String link(ServerEntry entry) {
        return Deeplink.of(target.client(), entry)
                .orElseThrow(
                        () -> new IllegalArgumentException("--link must be for vscode or cursor,"
                                + " got " + target.client().label()
                                + ", which knows no such links"));
    }

    private String caution() {
        return target.isOfProject()
                ? " The path in it is one of this machine: not for others of the project."
                : "";
    }
}
