package dev.memcollab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `models remove NAME`.
@Command(name = "remove", description = "Delete an installed model.")
final class ModelsRemove implements Callable<Integer> {
    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "NAME", description = "An installed model.")
    private String name;

    @Override
    public Integer call() throws InterruptedException {
        boolean removed = models.home().remove(name);
        Output.of(spec).println(removed ? name + " is removed" : name + " was not installed");
        return removed ? 0 : 1;
    }
}
