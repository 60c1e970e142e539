package dev.memcollab.cli;

import java.util.Map;
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

    /// What each report begins with; a measurement adds its own.
    static Map<String, Object> facts(String command) throws InterruptedException {
        return Output.facts("bench " + command);
    }
}
