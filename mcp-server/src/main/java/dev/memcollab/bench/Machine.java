package dev.memcollab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What a measurement was made on.
public final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /// Processors, system and JDK, and how busy it is.
    public static Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("cpu", cpu());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jdk", System.getProperty("java.runtime.version"));
        facts.put("load_average", load());
        return facts;
    }

    /// Processes that ran or waited to, the mean of the last minute; negative where it is not known.
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpu() {
        if (!Files.isReadable(CPUS)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
