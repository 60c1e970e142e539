package dev.memcollab.cli;

import dev.memcollab.bench.Checkout;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /// What each report of a measurement begins with; it adds its own.
    ///
    /// @param command with its options
    static Map<String, Object> facts(String command) throws InterruptedException {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("command", "memcollab " + command);
        facts.put("version", Version.text());
        Checkout.commit().ifPresent(commit -> facts.put("commit", commit));
        return facts;
    }

    static void json(CommandSpec spec, Object value) {
        of(spec).println(JSON.writeValueAsString(value));
    }
}
