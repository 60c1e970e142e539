package dev.memcollab.cli;

import dev.memcollab.server.Home;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.project.ProjectFinder;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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
        Install.class, Uninstall.class, Rehearse.class})
final class Memcollab {
    private final ProtocolStreams streams;
    private final Instant begun;
    private final Surroundings surroundings;

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "Where the memory lives (default: MEMCOLLAB_HOME, or the platform's data"
            + " directory).")
    private @Nullable Path home;

    Memcollab(ProtocolStreams streams, Surroundings surroundings, Instant begun) {
        this.streams = streams;
        this.surroundings = surroundings;
        this.begun = begun;
    }

    ProtocolStreams streams() {
        return streams;
    }

    /// When whoever waits began to wait.
    Instant begun() {
        return begun;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Home home() {
        return Home.locate(home, surroundings.machine().environment());
    }

    /// Where the memory lives, if the user said so and did not leave it to the platform.
    Optional<Path> homeAsTold() {
        String variable = surroundings.machine().environment().getOrDefault("MEMCOLLAB_HOME", "");
        return Optional.ofNullable(home)
                .or(() -> Optional.of(variable).filter(told -> !told.isBlank()).map(Path::of))
                .map(surroundings.directory()::resolve);
    }

    /// Whose memory a command is about that names none.
    String project() {
        return ProjectFinder.of(Path.of("")).name();
    }

    Wiring wiring() {
        return new Wiring(home());
    }
}
