package dev.memcollab.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes what a command found, for people or for programs.
final class Output {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    private Output() {}

    static PrintWriter of(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    /// Tells people, beside what is written for programs, how far the work is.
    static Consumer<String> progress(CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        return line -> {
            err.println(line);
            err.flush();
        };
    }

    static void json(CommandSpec spec, Object value) {
        of(spec).println(JSON.writeValueAsString(value));
    }
}
