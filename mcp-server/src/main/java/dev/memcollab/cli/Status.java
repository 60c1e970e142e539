package dev.memcollab.cli;

import dev.memcollab.server.StatusReport;
import dev.memcollab.server.mcp.ToolCalls;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `status`: what there is, and what is missing.
@Command(name = "status", description = "Show what memory holds and what is missing.")
final class Status implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Option(names = "--json", description = "As JSON, as memcollab://status has it.")
    private boolean json;

    @Override
    public Integer call() {
        try (var memory = program.wiring().restingMemory()) {
            StatusReport report = memory.status();
            if (json) {
                Output.json(spec, ToolCalls.structured(report));
            } else {
                print(report, Output.of(spec));
            }
        }
        return 0;
    }

    private static void print(StatusReport report, PrintWriter out) {
        out.println("home          " + report.home());
        out.println("constraints   " + report.memory().constraints());
        out.println("trajectories  " + report.memory().trajectories());
        out.println("pending       " + report.memory().pending());
        report.models().forEach(model -> out.printf("%-13s %s, %s%n", model.role(), model.name(),
                model.installed() ? "installed" : "missing"));
        report.advice().forEach(advice -> out.println("! " + advice));
    }
}
