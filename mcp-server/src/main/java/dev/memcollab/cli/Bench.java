package dev.memcollab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `bench WHAT`.
@Command(name = "bench", synopsisSubcommandLabel = "WHAT", description = "Measure the program on this machine.", subcommands = {
        BenchStore.class, BenchInference.class, BenchPair.class})
final class Bench {
    @ParentCommand
    private Memcollab program;

    Memcollab program() {
        return program;
    }
}
