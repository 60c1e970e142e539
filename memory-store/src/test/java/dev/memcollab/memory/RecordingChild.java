package dev.memcollab.memory;

import dev.memcollab.trajectory.Trajectory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Records runs and learns constraints, and prints the id of each when it was acknowledged.
final class RecordingChild {
    private RecordingChild() {}

    /// Runs until it is through or killed.
    ///
    /// @param arguments directory of the store, name of the child, number of runs
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var store = MemoryStore.open(Path.of(arguments[0]))) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                Trajectory run = Samples.run(arguments[1] + " " + i);
                store.append(run);
                out.println(run.id());
                if (i % 10 == 0) {
                    store.learn(Samples.learnt("a list is sorted", arguments[1] + " " + i));
                    store.append(Samples.run("shared by all " + i));
                }
            }
        }
    }
}
