package dev.memcollab.server;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.DistillerLock;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Distils what waits, one run at a time, on a thread of its own.
///
/// A store has one distiller however many servers share it: a lock of the operating system elects
/// it, and who does not get it looks again every second, so that a dead one is soon replaced. A run
/// stays pending until its constraints are in memory; a process that dies in between leaves it to
/// the next.
public final class BackgroundDistiller implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final int TRIES = 3;
    private static final System.Logger LOG = System.getLogger(BackgroundDistiller.class.getName());

    private final TrajectoryLog log;
    private final Distiller distiller;
    private final ModelShelf shelf;
    private final Supplier<Optional<DistillerLock>> election;
    private final Activity activity;
    private final Clock clock;
    private final Semaphore bell = new Semaphore(0);
    private final Map<String, Integer> failures = new HashMap<>();
    private final Thread thread;
    private @Nullable DistillerLock office;
    private volatile @Nullable Duration lastTook;

    BackgroundDistiller(TrajectoryLog log, Distiller distiller, ModelShelf shelf,
            Supplier<Optional<DistillerLock>> election, Activity activity, Clock clock) {
        this.log = log;
        this.distiller = distiller;
        this.shelf = shelf;
        this.election = election;
        this.activity = activity;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("distiller").daemon(true)
                .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// Says that something may wait.
    void wake() {
        bell.release();
    }

    /// How long the last run took; empty before the first.
    Optional<Duration> lastTook() {
        return Optional.ofNullable(lastTook);
    }

    private void work() {
        try {
            while (true) {
                Duration pause = look();
                bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.log(DEBUG, "distiller stopped");
        } finally {
            shelf.close();
            if (office != null) {
                office.close();
            }
        }
    }

    /// Does what there is to do, and says how long to wait before looking again.
    private Duration look() throws InterruptedException {
        try {
            List<Trajectory> waiting = log.pending();
            if (waiting.isEmpty()) {
                shelf.tidy();
                activity.state("idle");
                return LOOK;
            }
            if (!elected()) {
                activity.state("another server of this home distils");
                return LOOK;
            }
            return distil(waiting.getFirst());
        } catch (RuntimeException e) {
            LOG.log(WARNING, "distiller: " + e.getMessage(), e);
            activity.state("failed: " + e.getMessage());
            return AFTER_FAILURE;
        }
    }

    private boolean elected() {
        if (office == null) {
            office = election.get().orElse(null);
        }
        return office != null;
    }

    private Duration distil(Trajectory run) throws InterruptedException {
        try {
            activity.state("loading the models");
            var models = shelf.take();
            activity.state("distilling " + run.id());
            Instant begun = clock.instant();
            Distillation made = distiller.distil(run, models);
            lastTook = Duration.between(begun, clock.instant());
            LOG.log(INFO, "distilled {0} in {1} s: {2}", run.id(), seconds(), made.reason());
            return Duration.ZERO;
        } catch (ModelFailedException e) {
            LOG.log(WARNING, e.getMessage());
            activity.state("waits: " + e.getMessage());
            return AFTER_FAILURE;
        } catch (RuntimeException e) {
            return failed(run, e);
        }
    }

    private long seconds() {
        return lastTook().map(Duration::toSeconds).orElse(0L);
    }

    /// A run that fails again and again is set aside, so that it does not block the rest.
    private Duration failed(Trajectory run, RuntimeException failure) {
        LOG.log(WARNING, "distilling " + run.id() + " failed", failure);
        activity.say("distilling %s failed: %s".formatted(run.id(), failure.getMessage()));
        if (failures.merge(run.id(), 1, Integer::sum) >= TRIES) {
            log.distilled(new Distillation(run.id(), List.of(), "set aside after %d failures: %s"
                    .formatted(TRIES, failure.getMessage())));
            return Duration.ZERO;
        }
        return LOOK;
    }

    /// Stops between two tokens; what was under way stays pending.
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            return; // A command's, which never began.
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
