package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.memory.Event.Approved;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Promoted;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Tried;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.memory.MemoryStatus.Counts;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.memory.Projection.Recording;
import dev.memcollab.memory.Search.Hit;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// The memory on disk, behind both ports. Opening it costs nothing; the journal is read at the first
/// question, the index opened at the first search. Thread-safe, and safe beside any number of others
/// on the same directory.
///
/// Secrets are taken out of all that is kept, and once more of all that is handed out: what an older
/// version did not know as one, this one may. Callers that need the id of what is kept apply
/// [Redaction] themselves before they build a trajectory; what they missed is taken out here, under
/// the id that was given.
public final class MemoryStore implements TrajectoryLog, ConstraintMemory, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MemoryStore.class.getName());

    /// Size from which on a new file of the journal is begun.
    private static final long SEGMENT_BYTES = 16 << 20;

    private final Ledger ledger;
    private final ConstraintIndex index;
    private final Backups backups;
    private final Backups setAside;
    private final Clock clock;
    private final Redaction redaction;

    private MemoryStore(Path memoryDirectory, Clock clock, Redaction redaction, ProcessLock lock,
            long segmentBytes, Meanings meanings) {
        this.redaction = redaction;
        var journal = new Journal(memoryDirectory.resolve("journal"), segmentBytes);
        this.ledger = new Ledger(journal, lock, new Checkpoint(memoryDirectory), redaction, clock,
                () -> UUID.randomUUID().toString());
        this.index = new ConstraintIndex(memoryDirectory, ledger, meanings);
        this.backups = new Backups(memoryDirectory.resolve("backups"));
        this.setAside = new Backups(memoryDirectory.resolve(SetAside.NAME));
        this.clock = clock;
    }

    /// Opens the memory in a directory, which need not exist.
    public static MemoryStore open(Path memoryDirectory) {
        return open(memoryDirectory, Clock.systemUTC());
    }

    /// Opens a memory whose events are dated by a clock of the caller's.
    public static MemoryStore open(Path memoryDirectory, Clock clock) {
        return open(memoryDirectory, clock, new Redaction());
    }

    /// Opens a memory that takes out what the caller's redaction knows.
    public static MemoryStore open(Path memoryDirectory, Clock clock, Redaction redaction) {
        return open(memoryDirectory, clock, redaction, Optional::empty);
    }

    /// Opens a memory that finds constraints by their meaning, too.
    ///
    /// @param embedder the one there is at the time; none while it is being loaded
    public static MemoryStore open(Path memoryDirectory, Clock clock, Redaction redaction,
            Supplier<Optional<Embedder>> embedder) {
        return new MemoryStore(memoryDirectory, clock, redaction, lock(memoryDirectory),
                SEGMENT_BYTES, new Meanings(embedder));
    }

    /// Opens a memory whose journal begins a new file at another size than usual.
    static MemoryStore open(Path memoryDirectory, long segmentBytes) {
        return new MemoryStore(memoryDirectory, Clock.systemUTC(), new Redaction(),
                lock(memoryDirectory), segmentBytes, Meanings.none());
    }

    /// Opens a memory that gives up where another process keeps the journal's lock.
    static MemoryStore open(Path memoryDirectory, Clock clock, Duration patience) {
        var lock = new ProcessLock(memoryDirectory.resolve("journal.lock"), patience);
        return new MemoryStore(memoryDirectory, clock, new Redaction(), lock, SEGMENT_BYTES,
                Meanings.none());
    }

    private static ProcessLock lock(Path memoryDirectory) {
        return new ProcessLock(memoryDirectory.resolve("journal.lock"));
    }

    @Override
    public boolean append(Trajectory trajectory) {
        Trajectory kept = redaction.redact(trajectory);
        if (!kept.equals(trajectory)) {
            LOG.log(System.Logger.Level.WARNING,
                    "{0} came with secrets; they were taken out before it was kept",
                    trajectory.id());
        }
        return ledger.write(new Recorded(kept));
    }

    @Override
    public Optional<Trajectory> trajectory(String id) {
        return trajectories(now -> now.recording(id).stream().toList()).stream().findFirst();
    }

    @Override
    public List<Trajectory> othersOf(Trajectory trajectory) {
        var task = redaction.redact(trajectory.task());
        return trajectories(now -> now.runsLike(task)).stream()
                .filter(other -> !other.id().equals(trajectory.id()))
                .filter(other -> other.task().sameAs(task)).toList();
    }

    @Override
    public List<Trajectory> pending() {
        return trajectories(Projection::pending);
    }

    @Override
    public Optional<Trajectory> nextPending() {
        return trajectories(now -> now.newestPending().stream().toList()).stream().findFirst();
    }

    @Override
    public void tried(Trial trial) {
        ledger.write(new Tried(new Trial(trial.trajectoryId(), trial.state(),
                redaction.redact(trial.reason()))));
    }

    @Override
    public Failures failures(String trajectoryId) {
        return ledger.read(state -> state.projection().failures(trajectoryId));
    }

    @Override
    public void distilled(Distillation distillation) {
        ledger.write(new Distilled(new Distillation(distillation.trajectoryId(),
                distillation.learnt(), redaction.redact(distillation.reason()))));
    }

    @Override
    public Optional<Distillation> distillation(String trajectoryId) {
        return ledger.read(state -> state.projection().distillation(trajectoryId));
    }

    @Override
    public void attempted(LocalAttempt attempt) {
        ledger.write(new Attempted(attempt));
    }

    @Override
    public List<Trajectory> passedBy(String model, TaskCategory category, int limit) {
        return trajectories(now -> now.passedBy(model, category, limit));
    }

    @Override
    public List<Task> told(int limit) {
        return trajectories(now -> now.told(limit)).stream().map(Trajectory::task).toList();
    }

    @Override
    public int trajectories() {
        return ledger.read(state -> state.projection().recordings.size());
    }

    /// The recorded runs, oldest first.
    public List<String> trajectoryIds() {
        return ledger.read(state -> List.copyOf(state.projection().recordings.keySet()));
    }

    private List<Trajectory> trajectories(Function<Projection, List<Recording>> which) {
        return ledger.read(state -> which.apply(state.projection()).stream()
                .map(state::trajectory).toList());
    }

    @Override
    public void learn(LearntConstraint constraint) {
        ledger.write(new Learnt(redaction.redact(constraint)));
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
        var asked = new Query(query.text(), redaction.redact(query.project()), query.category(),
                query.meaning());
        try {
            List<Hit> hits = index.search(asked, limit);
            return ledger.read(state -> hits.stream()
                    .flatMap(hit -> state.projection().known(hit.constraintId())
                            .map(known -> new Match(hit.constraintId(), known.scope().category(),
                                    hit.words(), hit.nearness()))
                            .stream())
                    .toList());
        } catch (IOException e) {
            throw new MemoryFailedException(
                    "cannot search the index; it may be deleted, and is built anew then", e);
        }
    }

    /// Finds out what all constraints mean, for who does not want to wait for searches to do it a few
    /// at a time. Ends early where another process is at the index, and does nothing where there is no
    /// embedder.
    ///
    /// @param left told now and then how many are still to be done
    public void embedAll(IntConsumer left) {
        try {
            index.embedAll(left);
        } catch (IOException e) {
            throw new MemoryFailedException("cannot embed the constraints", e);
        }
    }

    @Override
    public List<LearntConstraint> all() {
        return ledger.read(state -> state.projection().constraints.keySet().stream()
                .map(state::constraint).flatMap(Optional::stream).toList());
    }

    @Override
    public int constraints() {
        return ledger.read(state -> state.projection().constraints.size());
    }

    @Override
    public int learntSince(Project project, TaskCategory category, Instant since) {
        var scope = new Scope(redaction.redact(project), category);
        return ledger.read(state -> state.projection().learntSince(scope, since));
    }

    @Override
    public void approve(String id) {
        ledger.write(new Approved(id));
    }

    @Override
    public void promote(String id) {
        ledger.write(new Promoted(id));
    }

    @Override
    public void witnessed(String id, boolean helped) {
        ledger.write(new Witnessed(id, helped));
    }

    @Override
    public Usefulness usefulness(String id) {
        return ledger.read(state -> state.projection().usefulness(id));
    }

    /// What would go if this were forgotten.
    public Forgetting forgettingOf(Forgettable wanted) {
        return ledger.read(state -> Pruning.of(clean(wanted), state)
                .map(Pruning.Planned::forgetting).orElse(Forgetting.NOTHING));
    }

    /// Forgets, with all that was learnt from it: the bytes leave journal, index, checkpoint and
    /// backups.
    ///
    /// @throws IllegalArgumentException when an id names nothing
    public Forgetting forget(Forgettable wanted) {
        var done = new AtomicReference<>(Forgetting.NOTHING);
        Optional<Pruning> pruned = ledger.compact(state -> Pruning.of(clean(wanted), state)
                .map(planned -> {
                    done.set(planned.forgetting());
                    return planned.pruning();
                }));
        if (pruned.isPresent()) {
            sweep(pruned.get());
        }
        return done.get();
    }

    private Forgettable clean(Forgettable wanted) {
        return wanted instanceof Forgettable.WholeProject(Project project)
                ? new Forgettable.WholeProject(redaction.redact(project))
                : wanted;
    }

    /// Carries out a forgetting that was written down and whose process died.
    ///
    /// @return whether there was one
    boolean finishForgetting() {
        Optional<Pruning> pruned = ledger.compact(Ledger::unfinishedForgetting);
        pruned.ifPresent(this::sweep);
        return pruned.isPresent();
    }

    /// Takes all that was ever forgotten out of the backups once more.
    void pruneBackups() throws IOException {
        Pruning forgotten = ledger.read(state -> state.projection().forgotten());
        backups.prune(forgotten);
        setAside.prune(forgotten);
    }

    /// Builds the index anew, beside the one there is.
    void rebuildIndex() throws IOException {
        index.rebuild();
    }

    private void sweep(Pruning pruning) {
        try {
            index.rebuild();
            backups.prune(pruning);
            setAside.prune(pruning);
        } catch (IOException e) {
            throw new MemoryFailedException("what was to be forgotten has left the journal, but not"
                    + " all of index and backups: run memcollab doctor --repair", e);
        }
    }

    /// Writes every acknowledged event, one JSON object a line, with the id, the time and the
    /// checksum that it has in the journal.
    ///
    /// @return the damaged lines, which were left out
    public List<DamagedLine> export(Writer writer) {
        return ledger.lines(line -> {
            try {
                writer.write(exported(line));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the export: " + e.getMessage(), e);
            }
        });
    }

    /// The line as it stands in the journal, unless it has what is now known to be a secret.
    private String exported(Line.Intact line) {
        Entry entry;
        try {
            entry = EventJson.read(line);
        } catch (IllegalArgumentException | DateTimeException notAnEvent) {
            return line.text() + "\n";
        }
        Event clean = redacted(entry.event());
        return clean.equals(entry.event())
                ? line.text() + "\n"
                : new String(Line.Seal.close(
                        EventJson.write(new Entry(entry.id(), entry.at(), clean))),
                        StandardCharsets.UTF_8);
    }

    private Event redacted(Event event) {
        return switch (event) {
            case Recorded(Trajectory run) -> new Recorded(redaction.redact(run));
            case Learnt(LearntConstraint constraint) -> new Learnt(redaction.redact(constraint));
            case Distilled(Distillation made) -> new Distilled(new Distillation(
                    made.trajectoryId(), made.learnt(), redaction.redact(made.reason())));
            case Tried(Trial trial) -> new Tried(new Trial(trial.trajectoryId(), trial.state(),
                    redaction.redact(trial.reason())));
            default -> event;
        };
    }

    /// Takes in what [#export] wrote, of this memory or of another. What is here already stays as it
    /// is, what was forgotten here stays forgotten; done twice it is the same as once.
    public ImportReport importFrom(BufferedReader lines) throws IOException {
        return importFrom(lines, _ -> Optional.empty());
    }

    /// Takes in what [#export] wrote, but for constraints that are refused.
    ///
    /// @param refusal why a constraint is not to be taken in; empty where it is
    public ImportReport importFrom(BufferedReader lines,
            Function<Constraint, Optional<String>> refusal) throws IOException {
        return new Import(ledger, this::redacted, refusal).read(lines);
    }

    /// Writes a copy of every acknowledged event that [#importFrom] can restore.
    ///
    /// @return the file
    public Path backup() {
        try {
            return backups.write(clock.instant(), this::export);
        } catch (IOException e) {
            throw new MemoryFailedException("cannot write the backup: " + e.getMessage(), e);
        }
    }

    /// What there is, and in what state.
    public MemoryStatus status() {
        return new MemoryStatus(counts(), ledger.journalBytes(), index.state(), ledger.damaged());
    }

    /// How much there is, without a look at files and index: cheap enough for every call.
    public Counts counts() {
        return ledger.read(state -> new Counts(state.projection().recordings.size(),
                state.projection().pendingCount(), state.projection().constraints.size()));
    }

    @Override
    public void close() {
        try (ledger; index) {
            LOG.log(System.Logger.Level.DEBUG, "memory closed");
        } catch (IOException e) {
            throw new MemoryFailedException("cannot close the memory", e);
        }
    }
}
