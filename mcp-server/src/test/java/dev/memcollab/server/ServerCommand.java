package dev.memcollab.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How processes under test are started: with this JVM's own flags, but for the agent that measures coverage.
public final class ServerCommand {
    private ServerCommand() {}

    /// The server of a home: `-Dmemcollab.server.command="…"`, words apart by blanks, or the program itself.
    static List<String> real(Path home) {
        String given = System.getProperty("memcollab.server.command", "");
        if (given.isBlank()) {
            return program("serve", "--home", home.toString());
        }
        return Stream.concat(Stream.of(given.strip().split(" +")),
                Stream.of("--home", home.toString())).toList();
    }

    /// The program with these arguments.
    public static List<String> program(String... arguments) {
        var words = java("dev.memcollab.cli.Main");
        words.addAll(List.of(arguments));
        return words;
    }

    /// The server in front of a [FakeMemory].
    ///
    /// @param flags for its JVM, after this one's
    static List<String> fake(String... flags) {
        return java(FakeServer.class.getName(), flags);
    }

    private static List<String> java(String main, String... flags) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent:")).forEach(words::add);
        words.addAll(List.of(flags));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return words;
    }
}
