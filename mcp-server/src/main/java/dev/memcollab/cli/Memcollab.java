package dev.memcollab.cli;

import dev.memcollab.server.Home;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.project.ProjectFinder;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program as seen from the command line.
@Command(name = "memcollab", mixinStandardHelpOptions = true, versionProvider = Version.class, scope = ScopeType.INHERIT, synopsisSubcommandLabel = "COMMAND", description = "A memory for coding agents that learns by contrast, on this machine.", subcommands = {
        Serve.class, Demo.class, RecordRun.class, RecallText.class, Status.class,
        Show.class, Approve.class, Promote.class, Forget.class, Hook.class, Export.class,
        Import.class,
        Backup.class, Doctor.class, Models.class, Learn.class, Evaluate.class, Bench.class,
        Rehearse.class})
final class Memcollab {
    private final ProtocolStreams streams;
    private final Instant begun;

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "Where the memory lives (default: MEMCOLLAB_HOME, or the platform's data"
            + " directory).")
    private @Nullable Path home;

    Memcollab(ProtocolStreams streams, Instant begun) {
        this.streams = streams;
        this.begun = begun;
    }

    ProtocolStreams streams() {
        return streams;
    }

    /// When whoever waits began to wait.
    Instant begun() {
        return begun;
    }

    Home home() {
        return Home.locate(home, System.getenv());
    }

    /// Whose memory a command is about that names none.
    String project() {
        return ProjectFinder.of(Path.of("")).name();
    }

    Wiring wiring() {
        return new Wiring(home());
    }
}
