package dev.memcollab.cli;

import dev.memcollab.bench.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option that says where the data of a measurement is.
final class BenchmarkData {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;
    @Option(names = "--data", paramLabel = "DIR", description = "What to measure with (default: benchmarks/data of the checkout).")
    private @Nullable Path given;

    Path directory() {
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
