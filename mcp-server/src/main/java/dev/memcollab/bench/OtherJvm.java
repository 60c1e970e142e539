package dev.memcollab.bench;

import java.lang.management.ManagementFactory;
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
}
