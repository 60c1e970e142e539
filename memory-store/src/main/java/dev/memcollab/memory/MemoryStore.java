package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.memory.MemoryStatus.Counts;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.Projection.Recording;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The memory on disk, behind both ports. Opening it costs nothing; the journal is read at the first
/// question, the index opened at the first search. Thread-safe, and safe beside any number of others
/// on the same directory.
///
/// Secrets are taken out of all that is kept. Callers that need the id of what is kept apply
/// [Redaction] themselves before they build a trajectory; what they missed is taken out here, under
/// the id that was given.
public final class MemoryStore implements TrajectoryLog, ConstraintMemory, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MemoryStore.class.getName());

    private final Ledger ledger;
    private final ConstraintIndex index;
    private final Redaction redaction = new Redaction();

    private MemoryStore(Path memoryDirectory, Clock clock) {
        this.ledger = new Ledger(memoryDirectory, clock, () -> UUID.randomUUID().toString());
        this.index = new ConstraintIndex(memoryDirectory, ledger);
    }

    /// Opens the memory in a directory, which need not exist.
    public static MemoryStore open(Path memoryDirectory) {
        return open(memoryDirectory, Clock.systemUTC());
    }

    /// Opens a memory whose events are dated by a clock of the caller's.
    public static MemoryStore open(Path memoryDirectory, Clock clock) {
        return new MemoryStore(memoryDirectory, clock);
    }

    @Override
    public boolean append(Trajectory trajectory) {
        Trajectory kept = redaction.redact(trajectory);
        if (!kept.equals(trajectory)) {
            LOG.log(System.Logger.Level.WARNING,
                    "{0} came with secrets; they were taken out before it was kept",
                    trajectory.id());
        }
        return ledger.write(new Recorded(kept), MemoryStore::anything);
    }

    @Override
    public Optional<Trajectory> trajectory(String id) {
        return ledger.read(state -> state.recording(id)).map(this::load);
    }

    @Override
    public List<Trajectory> othersOf(Trajectory trajectory) {
        var task = redaction.redact(trajectory.task());
        return ledger.read(state -> state.runsLike(task)).stream().map(this::load)
                .filter(other -> !other.id().equals(trajectory.id()))
                .filter(other -> other.task().sameAs(task)).toList();
    }

    @Override
    public List<Trajectory> pending() {
        return ledger.read(Projection::pending).stream().map(this::load).toList();
    }

    @Override
    public void distilled(Distillation distillation) {
        var kept = new Distillation(distillation.trajectoryId(), distillation.learnt(),
                redaction.redact(distillation.reason()));
        ledger.write(new Distilled(kept), recorded(kept.trajectoryId()));
    }

    @Override
    public Optional<Distillation> distillation(String trajectoryId) {
        return ledger.read(state -> state.distillation(trajectoryId));
    }

    @Override
    public void attempted(LocalAttempt attempt) {
        ledger.write(new Attempted(attempt), recorded(attempt.trajectoryId()));
    }

    @Override
    public List<Trajectory> passedBy(String model, TaskCategory category, int limit) {
        return ledger.read(state -> state.passedBy(model, category, limit)).stream().map(this::load)
                .toList();
    }

    @Override
    public int trajectories() {
        return ledger.read(Projection::trajectories);
    }

    @Override
    public void learn(LearntConstraint constraint) {
        ledger.write(new Learnt(redaction.redact(constraint)), MemoryStore::anything);
    }

    @Override
    public Optional<LearntConstraint> constraint(String id) {
        return ledger.read(state -> state.constraint(id));
    }

    @Override
    public List<Match> search(Query query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
        var asked = new Query(query.text(), redaction.redact(query.project()), query.category());
        try {
            return index.search(asked, limit).stream().flatMap(hit -> constraint(hit.constraintId())
                    .map(learnt -> new Match(learnt, hit.score())).stream()).toList();
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot search the index; it may be deleted, and is built anew then", e);
        }
    }

    @Override
    public List<LearntConstraint> all() {
        return ledger.read(Projection::constraints);
    }

    @Override
    public int constraints() {
        return ledger.read(Projection::constraintCount);
    }

    @Override
    public void witnessed(String id, boolean helped) {
        ledger.write(new Witnessed(id, helped), MemoryStore::anything);
    }

    @Override
    public Usefulness usefulness(String id) {
        return ledger.read(state -> state.usefulness(id));
    }

    /// Writes every acknowledged event, one JSON object a line, as it stands in the journal: ids,
    /// versions, checksums and fields of other versions included.
    ///
    /// @return the damaged lines, which were left out
    public List<DamagedLine> export(Writer writer) {
        return ledger.lines(line -> {
            try {
                writer.write(line);
                writer.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the export: " + e.getMessage(), e);
            }
        });
    }

    /// What there is, and in what state.
    public MemoryStatus status() {
        Counts counts = ledger.read(state -> new Counts(state.trajectories(),
                state.pendingCount(), state.constraintCount()));
        return new MemoryStatus(counts, ledger.position().offset(), index.state(),
                ledger.damaged());
    }

    @Override
    public void close() {
        try (ledger; index) {
            LOG.log(System.Logger.Level.DEBUG, "memory closed");
        } catch (IOException e) {
            throw new MemoryFailedException("cannot close the memory", e);
        }
    }

    private Trajectory load(Recording recording) {
        return switch (ledger.eventAt(recording.place())) {
            case Recorded(Trajectory trajectory) -> trajectory;
            case Event other -> throw new MemoryFailedException(
                    "expected a trajectory at byte %d of the journal, found %s".formatted(
                            recording.place().start().offset(), other));
        };
    }

    private static Consumer<Projection> recorded(String trajectoryId) {
        return state -> {
            if (state.recording(trajectoryId).isEmpty()) {
                throw new IllegalArgumentException(
                        "trajectory_id must name a recorded run, got \"%s\""
                                .formatted(trajectoryId));
            }
        };
    }

    private static void anything(Projection state) {}
}
