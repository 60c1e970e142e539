package dev.memcollab.cli;

import dev.memcollab.bench.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/// `bench WHAT`.
@Command(name = "bench", synopsisSubcommandLabel = "WHAT", description = "Measure the program on this machine.", subcommands = {
        BenchStore.class, BenchInference.class, BenchPair.class, BenchRecall.class,
        BenchLatency.class, BenchMerge.class})
final class Bench {
    @ParentCommand
    private Memcollab program;

    Memcollab program() {
        return program;
    }

    /// Refuses an option of a measurement that is not in 1 to `most`.
    void requireInRange(CommandSpec command, String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(command.commandLine(),
                    "%s must lie in 1..%d, got %d".formatted(option, most, value));
        }
    }

    /// What a measurement reads, where it was put or else in the checkout.
    Path data(CommandSpec command, @Nullable Path given) {
        Path place = given != null
                ? given
                : Checkout.directory().map(root -> root.resolve("benchmarks/data")).orElse(null);
        if (place == null || !Files.isDirectory(place)) {
            throw new ParameterException(command.commandLine(),
                    "--data must be a directory with the data, got " + place);
        }
        return place;
    }
}
