package dev.memcollab.cli;

import dev.memcollab.install.Change;
import dev.memcollab.install.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `uninstall`: has a client start the server no more.
@Command(name = "uninstall", description = {
        "Take the server out of a client's file. What else is in the file stays.",
        "The memory stays too, unless --purge is given; other clients may use it."})
final class Uninstall implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Mixin
    private ClientFile target = new ClientFile();
    @Option(names = "--purge", description = "Delete what is in the home as well: memory, models, settings. It asks before.")
    private boolean purge;
    @Option(names = "--yes", description = "Do not ask; needed where there is no terminal to ask on.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        Surroundings around = program.surroundings();
        Installation installation = target.installation(around);
        Change change = installation.removing();
        var data = new HomeData(program.home());
        List<Path> going = purge ? data.there() : List.of();
        if (!going.isEmpty() && !target.isDryRun() && !confirmed(going)) {
            spec.commandLine().getErr().println("memcollab: nothing was changed");
            return 1;
        }
        Optional<Path> backup = target.make(installation, change, around);
        if (!going.isEmpty() && !target.isDryRun()) {
            data.delete();
        }
        report(change, backup, going);
        return 0;
    }

    private boolean confirmed(List<Path> going) {
        if (yes) {
            return true;
        }
        Person person = program.surroundings().person();
        person.requireThere();
        PrintWriter err = spec.commandLine().getErr();
        going.forEach(err::println);
        err.flush();
        return person.agrees("Close all clients that use this memory. Delete it for good?");
    }

    private void report(Change change, Optional<Path> backup, List<Path> going) {
        List<String> names = going.stream().map(Path::toString).toList();
        boolean isSaid = target.report(spec, change, backup, "%s starts memcollab no more."
                .formatted(target.client().title()), "memcollab is not in it, nothing was changed.",
                purge ? Map.of("purged", names) : Map.of());
        if (!isSaid) {
            String verb = target.isDryRun() ? "would be" : "is";
            names.forEach(name -> Output.of(spec).printf("%s %s deleted%n", name, verb));
        }
    }
}
