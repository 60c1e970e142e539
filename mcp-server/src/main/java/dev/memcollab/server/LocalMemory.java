package dev.memcollab.server;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.contrast.FailureSigns;
import dev.memcollab.contrast.Pairing;
import dev.memcollab.memory.MemoryStatus;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.Redaction;
import dev.memcollab.recall.Recall;
import dev.memcollab.recall.RecallQuery;
import dev.memcollab.recall.Recollection;
import dev.memcollab.recall.Relevance;
import dev.memcollab.server.RecordReceipt.Status;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The memory of this machine: the store, and the distiller that learns from it.
public final class LocalMemory implements MemoryService, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalMemory.class.getName());

    private final MemoryStore store;
    private final Understanding understanding;
    private final Recall recall;
    private final Solver solver;
    private final BackgroundDistiller distiller;
    private final StatusSource status;
    private final Clock clock;
    private final Redaction redaction;
    private final Pairing pairing = new Pairing(new FailureSigns());

    LocalMemory(MemoryStore store, Understanding understanding, Solver solver,
            BackgroundDistiller distiller, StatusSource status, Redaction redaction,
            Clock clock) {
        this.store = store;
        this.understanding = understanding;
        this.recall = new Recall(store, understanding.classifier(), understanding.embedder(),
                Relevance.Weights.FITTED);
        this.solver = solver;
        this.distiller = distiller;
        this.status = status;
        this.redaction = redaction;
        this.clock = clock;
    }

    /// Makes the report of what the store says of itself.
    @FunctionalInterface
    interface StatusSource {
        StatusReport report(MemoryStatus store);
    }

    /// The secrets go before the id is made: the same run with another password is the same run.
    @Override
    public RecordReceipt record(RecordRequest request) {
        Task task = redaction.redact(task(request));
        var report = new Trajectory.Report(orEmpty(request.agent()), orEmpty(request.feedback()),
                request.recalled());
        var run = Trajectory.of(task, request.outcome(),
                request.steps().stream().map(redaction::redact).toList(),
                redaction.redact(report), clock.instant());
        boolean first = store.append(run);
        if (first && run.outcome() != Outcome.UNKNOWN) {
            run.recalled().forEach(id -> store.witnessed(id, run.outcome() == Outcome.SUCCESS));
        }
        distiller.wake();
        return first ? receipt(run) : known(run);
    }

    private static Task task(RecordRequest request) {
        return new Task(request.task(), request.taskId(), new Project(request.project()),
                category(request.category(), request.subcategory()), request.verifier());
    }

    private static @Nullable TaskCategory category(@Nullable String category,
            @Nullable String subcategory) {
        if (category == null) {
            return null;
        }
        return new TaskCategory(category, subcategory == null ? "general" : subcategory);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private RecordReceipt receipt(Trajectory run) {
        int ahead = Math.max(0, store.counts().pending() - 1);
        Integer seconds = distiller.lastTook()
                .map(took -> (int) Math.min(Integer.MAX_VALUE, took.toSeconds() * (ahead + 1)))
                .orElse(null);
        boolean paired = !pairing.contrasts(run, store.othersOf(run)).isEmpty();
        Status found = paired ? Status.PAIRED : Status.WAITING;
        return new RecordReceipt(run.id(), found, detail(run, paired), ahead, seconds);
    }

    private String detail(Trajectory run, boolean paired) {
        if (paired) {
            return "contrasted with another attempt at this task; distilling goes on in the"
                    + " background";
        }
        if (solver.canJudge(run.task())) {
            return "the local models solve the task, and the verifier decides";
        }
        return switch (run.outcome()) {
            case SUCCESS -> "no failed run of this task yet; compared with how the local models"
                    + " would go about it";
            case FAILURE -> "kept until a run of this task works";
            case UNKNOWN -> "kept; only runs that worked or failed teach something";
        };
    }

    private RecordReceipt known(Trajectory run) {
        String detail = store.distillation(run.id())
                .map(made -> "this run was recorded before: " + made.reason())
                .orElse("this run was recorded before and waits to be distilled");
        return new RecordReceipt(run.id(), Status.WAITING, detail, 0, null);
    }

    @Override
    public RecallAnswer recall(RecallRequest request) {
        return Views.answer(recollection(request), counts(store.counts()));
    }

    /// What is recalled, with the reasons, in words for a person.
    public String explain(RecallRequest request) {
        return Explanation.of(recollection(request), store::usefulness);
    }

    private Recollection recollection(RecallRequest request) {
        var task = new Task(redaction.redact(request.task()), null,
                new Project(request.project()),
                category(request.category(), request.subcategory()), null);
        var query = new RecallQuery(task, redaction.redact(orEmpty(request.feedback())),
                request.limit(), request.budgetTokens());
        return recall.recall(query);
    }

    /// Waits until all constraints can be compared by meaning: for who recalls once.
    ///
    /// @param progress is told what takes long
    public void awaitMeanings(Consumer<String> progress) {
        understanding.awaitMeanings(store, progress);
    }

    /// Reads what the first recall needs, so that an agent does not wait for it.
    void prepare() {
        try {
            recall.recall(new RecallQuery(Task.of("prepare", new Project("none")), "", 1, 1));
        } catch (RuntimeException e) {
            // The first call will say so to somebody who can do something.
            LOG.log(Level.DEBUG, "the memory could not be prepared", e);
        }
    }

    static MemoryCounts counts(MemoryStatus.Counts counts) {
        return new MemoryCounts(counts.constraints(), counts.trajectories(), counts.pending());
    }

    @Override
    public StatusReport status() {
        return status.report(store.status());
    }

    @Override
    public Optional<ConstraintView> constraint(String id) {
        Optional<LearntConstraint> learnt = store.constraint(id);
        return learnt.map(constraint -> Views.of(constraint, store.usefulness(id)));
    }

    @Override
    public void close() {
        try (LateEmbedder _ = understanding.embedder(); store; distiller) {
            // The distiller first, which writes to the store, and the embedder last.
        }
    }
}
