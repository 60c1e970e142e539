package dev.memcollab.cli;

import dev.memcollab.server.mcp.ToolCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// `record FILE`: the tool `record_trajectory` for scripts.
@Command(name = "record", description = {
        "Record a run from a JSON file with the fields of record_trajectory.",
        "A running server distils it."})
final class RecordRun implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "FILE", description = "A JSON object; - reads standard input.")
    private String file;
    @Option(names = "--json", description = "As JSON, as the tool answers it.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var request = ToolCalls.recordRequest(fields(), program::project);
        try (var memory = program.wiring().restingMemory()) {
            var receipt = memory.record(request);
            if (json) {
                Output.json(spec, ToolCalls.structured(receipt));
            } else {
                Output.of(spec).println(ToolCalls.text(receipt));
            }
        }
        return 0;
    }

    private Map<String, Object> fields() throws IOException {
        String text = file.equals("-")
                ? new String(program.streams().in().readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(file));
        try {
            return JsonMapper.shared().readValue(text, new TypeReference<Map<String, Object>>() {
            });
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s must hold one JSON object: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}
