package dev.memcollab.memory;

import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.trajectory.Trajectory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Records runs, learns from them and forgets some, and says of each when it was acknowledged:
/// `kept ID`, `forgetting ID`, `forgotten ID`. It is made to be killed at it.
final class HammeringChild {
    static final int RUNS = 250;
    private static final int FORGETS_EACH = 6;
    private static final long SEGMENT_BYTES = 20_000;

    private HammeringChild() {}

    /// Runs until it is through or killed.
    ///
    /// @param arguments directory of the store, name of the child
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var store = MemoryStore.open(Path.of(arguments[0]), SEGMENT_BYTES)) {
            for (int i = 0; i < RUNS; i++) {
                Trajectory run = Samples.run(Samples.PROJECT, "task " + arguments[1] + i,
                        arguments[1] + " " + i);
                store.append(run);
                out.println("kept " + run.id());
                store.learn(Samples.learntFrom(run, "a list is sorted " + i % 7));
                if (i % FORGETS_EACH == FORGETS_EACH - 1) {
                    out.println("forgetting " + run.id());
                    store.forget(new OneRun(run.id()));
                    out.println("forgotten " + run.id());
                }
            }
        }
    }
}
