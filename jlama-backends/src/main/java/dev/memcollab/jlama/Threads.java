package dev.memcollab.jlama;

import dev.memcollab.jlama.kernel.Team;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The threads that all models of this process compute with.
///
/// There is one team, made when the first model is opened, which decides how large it is; models that
/// compute at the same time take turns, a step of a network each.
final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());
    private static final ReentrantLock TURN = new ReentrantLock(true);
    private static @Nullable Team team;

    private Threads() {}

    /// A step of a network.
    @FunctionalInterface
    interface Step<T> {
        T run() throws InterruptedException;
    }

    /// Runs a step while no other model computes.
    static <T> T compute(Step<T> step) throws InterruptedException {
        TURN.lockInterruptibly();
        try {
            return step.run();
        } finally {
            TURN.unlock();
        }
    }

    static synchronized void choose(int threads) {
        Team made = team;
        if (made == null) {
            team = new Team(threads);
        } else if (made.size() != threads) {
            LOG.log(Level.DEBUG, "{0} threads asked for, but this process computes with {1}",
                    threads, made.size());
        }
    }

    static synchronized Team team() {
        Team made = team;
        if (made == null) {
            throw new IllegalStateException("no number of threads was chosen");
        }
        return made;
    }
}
