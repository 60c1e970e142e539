package dev.memcollab.jlama;

import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/// The number of threads that all models of this process compute with.
///
/// Jlama has one pool, made at the first product; the first model that is opened decides.
final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());
    private static int chosen;

    private Threads() {}

    /// Runs a step of a network on the threads that it is shared out to. From any other thread each
    /// of its many products would be handed over and waited for, which a busy machine makes slow.
    static <T> T compute(Supplier<T> step) {
        return PhysicalCoreExecutor.instance.get().submit(step);
    }

    static synchronized void choose(int threads) {
        if (chosen == 0) {
            PhysicalCoreExecutor.overrideThreadCount(threads);
            chosen = threads;
        } else if (chosen != threads) {
            LOG.log(Level.DEBUG, "{0} threads asked for, but this process computes with {1}",
                    threads, chosen);
        }
    }
}
