package dev.memcollab.bench;

import dev.memcollab.memory.MemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Opens a store in a JVM that has done nothing before, as a client's first recall does.
final class Opening {
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    private Opening() {}

    /// Prints the milliseconds from opening to the first answer, its rows, and the heap in use.
    ///
    /// @param arguments directory of the store
    public static void main(String[] arguments) {
        var query = StoreBenchmark.query(new MadeUp(7));
        long begun = System.nanoTime();
        try (var store = MemoryStore.open(Path.of(arguments[0]))) {
            int rows = store.search(query, 60).size();
            long took = System.nanoTime() - begun;
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            new PrintStream(System.out, true, StandardCharsets.UTF_8).printf("%d %d %d%n",
                    took / 1_000_000, rows, heap >> 20);
        }
    }

    /// What starts this JVM with an archive of the program's classes; empty when it has none.
    static List<String> archive() {
        return OtherJvm.options().filter(option -> option.startsWith(ARCHIVE)).toList();
    }

    /// Measures in a new JVM.
    ///
    /// @param options for that JVM beside those of this one, the archive excepted
    static Map<String, Object> inOtherJvm(Path directory, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        OtherJvm.options().filter(option -> !option.startsWith(ARCHIVE)).forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                Opening.class.getName(), directory.toString()));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> said = jvm.inputReader().readAllLines();
        if (jvm.waitFor() != 0 || said.isEmpty()) {
            throw new IOException("the JVM that was to open %s failed".formatted(directory));
        }
        String[] numbers = said.getLast().split(" ", -1);
        var measured = new LinkedHashMap<String, Object>();
        measured.put("ms", Integer.parseInt(numbers[0]));
        measured.put("rows", Integer.parseInt(numbers[1]));
        measured.put("heap_mb_after", Integer.parseInt(numbers[2]));
        return measured;
    }
}
