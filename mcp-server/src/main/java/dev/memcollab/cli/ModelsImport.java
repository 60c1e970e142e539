package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.InstalledModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `models import GGUF`.
@Command(name = "import", description = "Import a GGUF file that is on this machine.")
final class ModelsImport implements Callable<Integer> {
    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "GGUF", description = "The file; it stays where it is.")
    private Path file;
    @Option(names = "--name", paramLabel = "NAME", description = "What to call the model (default: the file's name).")
    private @Nullable String name;

    @Override
    public Integer call() throws InterruptedException {
        String called = name == null ? nameOf(file) : name;
        try (var progress = new ProgressLine(spec.commandLine().getErr(), called)) {
            InstalledModel model = models.pull().importGguf(file, called, progress);
            Output.of(spec).printf("%s is installed in %s%n", called, model.directory());
        }
        return 0;
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.gguf$", "")
                .toLowerCase(Locale.ROOT);
    }
}
