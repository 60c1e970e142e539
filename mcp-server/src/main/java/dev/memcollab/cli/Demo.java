package dev.memcollab.cli;

import dev.memcollab.demo.DemoRun;
import dev.memcollab.demo.DemoScript;
import dev.memcollab.jlama.catalogue.ModelCatalogue;
import dev.memcollab.jlama.catalogue.ModelHome;
import dev.memcollab.jlama.catalogue.ModelPull;
import dev.memcollab.jlama.catalogue.PullOptions;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `demo`: the whole loop on real models, in a home of its own.
@Command(name = "demo", description = {
        "Show the whole loop over real MCP: record runs, distil them with the two local"
                + " models, recall.",
        "Gets the models first where they are missing (about 1.6 GB)."})
final class Demo implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Option(names = "--weak", paramLabel = "NAME", description = "The model in the weak role (default: of the catalogue).")
    private @Nullable String weak;
    @Option(names = "--strong", paramLabel = "NAME", description = "The model in the strong role (default: of the catalogue).")
    private @Nullable String strong;
    @Option(names = "--offline", description = "Get no models; say what is missing.")
    private boolean offline;

    private final ModelCatalogue catalogue = ModelCatalogue.bundled();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Output.of(spec);
        String weakName = weak == null ? catalogue.defaultFor(ModelRole.WEAK).name() : weak;
        String strongName = strong == null ? catalogue.defaultFor(ModelRole.STRONG).name() : strong;
        long begun = System.nanoTime();
        for (String name : List.of(weakName, strongName)) {
            get(name);
        }
        var download = Duration.ofNanos(System.nanoTime() - begun);
        Home home = freshHome(weakName, strongName);
        out.printf("Weak model %s, strong model %s, home of this demo %s%n", weakName, strongName,
                home.root());
        out.flush();
        var run = new DemoRun(home, DemoScript.bundled(), out);
        boolean shown = run.show();
        report(out, download, run.phases());
        if (!shown) {
            spec.commandLine().getErr().println("memcollab: the loop ran, but it did not end with"
                    + " a line recalled for the fitting task and none for the other");
        }
        return shown ? 0 : 1;
    }

    private void get(String name) throws InterruptedException {
        var models = new ModelHome(program.home().models());
        if (models.isInstalled(name)) {
            return;
        }
        if (offline) {
            throw new ModelFailedException(
                    "no model at %s: run memcollab models pull %s".formatted(models.path(name),
                            name));
        }
        var pull = new ModelPull(models, catalogue, PullOptions.of(System.getenv(), catalogue));
        try (var progress = new ProgressLine(spec.commandLine().getErr(), name)) {
            var _ = pull.pull(name, progress);
        }
    }

    /// The demo is the user's only work while it runs, so it takes all cores; what it bundles is
    /// ours, so its tests may be run.
    private Home freshHome(String weakName, String strongName) throws IOException {
        Path runs = Files.createDirectories(program.home().root().resolve("demo"));
        var home = new Home(Files.createTempDirectory(runs, "run-"), program.home().models());
        Files.writeString(home.settings(), """
                # Written by memcollab demo; the tests that it runs are its own.
                weak = "%s"
                strong = "%s"
                allow_code = true
                threads = %d
                """.formatted(weakName, strongName, Runtime.getRuntime().availableProcessors()));
        return home;
    }

    private static void report(PrintWriter out, Duration download, Map<String, Duration> phases) {
        out.println();
        out.printf("%-22s %6.1f s%n", "models", download.toMillis() / 1e3);
        phases.forEach((phase, took) -> out.printf("%-22s %6.1f s%n", phase,
                took.toMillis() / 1e3));
        out.flush();
    }
}
