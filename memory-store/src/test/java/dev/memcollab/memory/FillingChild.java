package dev.memcollab.memory;

import dev.memcollab.trajectory.Trajectory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Says which runs there are, then records more until it is refused, and says why.
final class FillingChild {
    private FillingChild() {}

    /// Goes on until it is refused.
    ///
    /// @param arguments directory of the store
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var store = MemoryStore.open(Path.of(arguments[0]));
        store.pending().forEach(run -> out.println(run.id()));
        try {
            for (int i = 0; i < 1000; i++) {
                Trajectory run = Samples.run("x".repeat(10_000) + i);
                store.append(run);
                out.println(run.id());
            }
        } catch (MemoryFailedException e) {
            out.println("refused: " + e.getMessage());
        }
    }
}
