package dev.memcollab.server;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.DistillerLock;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.ModelPair;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Failures;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Distils what waits, one run at a time, on a thread of its own.
///
/// A store has one distiller however many servers share it: a lock of the operating system elects
/// it, and who does not get it looks again every second, so that a dead one is soon replaced. The
/// newest run comes first. It stays pending until its constraints are in memory; a process that dies
/// in between leaves it to the next. A run that failed three times is set aside with the reason.
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
            Optional<Trajectory> next = log.nextPending();
            if (next.isEmpty()) {
                shelf.tidy();
                activity.state("idle");
                return LOOK;
            }
            if (!elected()) {
                activity.state("another server of this home distils");
                return LOOK;
            }
            return distil(next.get());
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
        Failures failures = log.failures(run.id());
        if (failures.count() >= TRIES) {
            setAside(run, failures);
            return Duration.ZERO;
        }
        try {
            activity.state("loading the models");
            ModelPair models = shelf.take();
            log.tried(Trial.begun(run.id()));
            return distil(run, models);
        } catch (ModelFailedException e) {
            LOG.log(WARNING, e.getMessage());
            activity.state("waits: " + e.getMessage());
            return AFTER_FAILURE;
        } finally {
            shelf.putBack();
        }
    }

    /// What is not the run's fault does not count against it.
    private Duration distil(Trajectory run, ModelPair models) throws InterruptedException {
        try {
            distilNow(run, models);
            return Duration.ZERO;
        } catch (InterruptedException | ModelFailedException e) {
            log.tried(Trial.stopped(run.id()));
            throw e;
        } catch (RuntimeException e) {
            failed(run, e);
            return LOOK;
        }
    }

    private void distilNow(Trajectory run, ModelPair models) throws InterruptedException {
        activity.state("distilling " + run.id());
        Instant begun = clock.instant();
        Distillation made = distiller.distil(run, models);
        lastTook = Duration.between(begun, clock.instant());
        LOG.log(INFO, "distilled {0} in {1} s: {2}", run.id(), seconds(), made.reason());
    }

    private long seconds() {
        return lastTook().map(Duration::toSeconds).orElse(0L);
    }

    private void failed(Trajectory run, RuntimeException failure) {
        if (log.trajectory(run.id()).isEmpty()) {
            LOG.log(INFO, "{0} was forgotten while it was distilled", run.id());
            return;
        }
        LOG.log(WARNING, "distilling " + run.id() + " failed", failure);
        activity.say("distilling %s failed: %s".formatted(run.id(), failure.getMessage()));
        log.tried(Trial.failed(run.id(), String.valueOf(failure.getMessage())));
    }

    /// A run that fails again and again, or ends its process, must not block the rest.
    private void setAside(Trajectory run, Failures failures) {
        Distillation end = Distillation.setAside(run.id(), failures);
        LOG.log(WARNING, "{0} is {1}", run.id(), end.reason());
        activity.say("%s is %s".formatted(run.id(), end.reason()));
        log.distilled(end);
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
