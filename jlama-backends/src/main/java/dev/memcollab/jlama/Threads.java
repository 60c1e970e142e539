package dev.memcollab.jlama;

import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.lang.System.Logger.Level;

/// The number of threads that all models of this process compute with.
///
/// Jlama has one pool, made at the first product; the first model that is opened decides.
final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());
    private static int chosen;

    private Threads() {}

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
