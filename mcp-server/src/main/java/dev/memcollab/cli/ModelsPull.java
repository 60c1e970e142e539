package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.InstalledModel;
import dev.memcollab.model.ModelRole;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `models pull`.
@Command(name = "pull", description = {"Fetch models of the catalogue and import them.",
        "An interrupted pull goes on where it was."})
final class ModelsPull implements Callable<Integer> {
    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of the catalogue (default: the weak and the strong model).")
    private List<String> names = List.of();

    @Override
    public Integer call() throws InterruptedException {
        for (String name : names.isEmpty() ? defaults() : names) {
            try (var progress = new ProgressLine(spec.commandLine().getErr(), name)) {
                InstalledModel model = models.pull().pull(name, progress);
                Output.of(spec).printf("%s is installed in %s%n", name, model.directory());
            }
        }
        return 0;
    }

    private List<String> defaults() {
        return Arrays.stream(ModelRole.values())
                .map(role -> models.catalogue().defaultFor(role).name()).toList();
    }
}
