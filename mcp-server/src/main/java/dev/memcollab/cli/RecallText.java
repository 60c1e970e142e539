package dev.memcollab.cli;

import dev.memcollab.server.RecallRequest;
import dev.memcollab.server.mcp.ToolCalls;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `recall TEXT`: what an agent would be told before the task.
@Command(name = "recall", description = "Show what memory would tell an agent before a task.")
final class RecallText implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "TEXT", description = "The task, as you would state it.")
    private String task;
    @Option(names = "--feedback", paramLabel = "TEXT", description = "What has just failed.")
    private @Nullable String feedback;
    @Option(names = "--project", paramLabel = "P", description = "Whose memory (default: the working directory's).")
    private @Nullable String project;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "9", description = "Most lines, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int limit;
    @Option(names = "--json", description = "As JSON, as the tool answers it.")
    private boolean json;
    @Option(names = "--explain", description = "Say why each line is shown.")
    private boolean explain;

    @Override
    public Integer call() {
        if (json && explain) {
            throw new ParameterException(spec.commandLine(),
                    "--explain is for people and cannot be had with --json");
        }
        var request = new RecallRequest(task, feedback, limit, null, null,
                project == null ? program.project() : project,
                RecallRequest.DEFAULT_BUDGET_TOKENS);
        Consumer<String> progress = Output.progress(spec);
        try (var memory = program.wiring().restingMemory(progress)) {
            memory.awaitMeanings(progress);
            if (explain) {
                Output.of(spec).println(memory.explain(request));
            } else if (json) {
                Output.json(spec, ToolCalls.structured(memory.recall(request)));
            } else {
                Output.of(spec).println(ToolCalls.text(memory.recall(request)));
            }
        }
        return 0;
    }
}
