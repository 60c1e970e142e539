package dev.memcollab.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A JVM that measures what this one would: started with the same options.
final class OtherJvm {
    private OtherJvm() {}

    /// What this JVM was started with, but for agents, which are there to watch this one.
    static Stream<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent:")
                        && !option.startsWith("-agentlib:"));
    }

    /// What starts the program in one.
    ///
    /// @param arguments of the program
    static List<String> program(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options().forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                "dev.memcollab.cli.Main"));
        command.addAll(arguments);
        return command;
    }
}
