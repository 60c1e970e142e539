package dev.memcollab.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `backup`: a copy in the home, which `import` restores.
@Command(name = "backup", description = {"Write a copy of all that memory holds into the home.",
        "forget reaches these copies; those that you make elsewhere with export it does not."})
final class Backup implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (var store = program.wiring().store()) {
            Path file = store.backup();
            String restore = "memcollab import " + file;
            if (json) {
                Output.json(spec, Map.of("file", file.toString(), "restore", restore));
            } else {
                Output.of(spec).printf("%s is written. To restore it, here or in another home:%n"
                        + "  %s%n", file, restore);
            }
            return 0;
        }
    }
}
