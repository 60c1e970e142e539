package dev.memcollab.cli;

import dev.memcollab.server.stdio.ProtocolStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs commands in this process on a home.
final class Terminal {
    static {
        // Bound to stderr as it is when first used, the log would come between what a command says.
        Logger.getLogger("").getHandlers();
    }

    private final Path home;

    Terminal(Path home) {
        this.home = home;
    }

    /// How a command ended, and what it said where.
    record Ended(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    Ended run(String... arguments) {
        return runWith("", arguments);
    }

    Ended runWith(String input, String... arguments) {
        var words = new ArrayList<>(List.of("--home", home.toString()));
        words.addAll(List.of(arguments));
        return run(Surroundings.ofThisProcess(), input, words);
    }

    /// Runs a command elsewhere than where this process is, and on no home in particular.
    static Ended runIn(Surroundings surroundings, String... arguments) {
        return run(surroundings, "", List.of(arguments));
    }

    private static Ended run(Surroundings surroundings, String input, List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
            int code = Main.run(new ProtocolStreams(in, out), surroundings,
                    words.toArray(String[]::new));
            return new Ended(code, out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }
}
