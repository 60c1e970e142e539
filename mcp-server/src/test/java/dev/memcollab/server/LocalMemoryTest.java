package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.Redaction;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.server.RecordReceipt.Status;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory behind the tools on a store of its own, with a distiller that has not begun.
class LocalMemoryTest {
    private static final String TASK = "Divide the sum of the prices by their number.";
    private static final LearntConstraint DIVIDING = LearntConstraint.of(
            new Constraint("dividing by a number that may be zero",
                    "a check for zero before the division", "catching the error afterwards"),
            new Scope(new Project("shop"), new TaskCategory("code", "arithmetic")),
            new Source(ContrastKind.RECORDED_PAIR, TASK, List.of("t-1", "t-2"), "tiny", "small"),
            Evidence.NONE, TickingClock.START);

    private final TickingClock clock = new TickingClock();
    private MemoryStore store;
    private LocalMemory memory;

    @BeforeEach
    void theStoreIsOpened(@TempDir Path directory) {
        store = MemoryStore.open(directory, clock);
        var classifier = TaskClassifier.withOwnTaxonomy();
        var solver = new Solver(TaskVerifier.withoutCode());
        var distiller = new Distiller(store, store, solver, Reach.byWords(classifier),
                MergeSearch.none(store),
                Distiller.Policy.BACKGROUND, clock, event -> {
                });
        var resting = new BackgroundDistiller(store, distiller, new ModelShelf(() -> {
            throw new AssertionError("nothing here needs a model");
        }, clock), Optional::empty, new Activity(clock), clock);
        memory = new LocalMemory(store, new Understanding(LateEmbedder.none(), classifier), solver,
                resting,
                status -> new StatusReport(LocalMemory.counts(status.counts()), "/home", "idle",
                        List.of(),
                        List.of(), List.of()),
                new Redaction(), clock);
    }

    @AfterEach
    void theStoreIsClosed() {
        memory.close();
    }

    private static RecordRequest run(Outcome outcome, String action) {
        return run(outcome, action, null, List.of());
    }

    private static RecordRequest run(Outcome outcome, String action, @Nullable Verifier verifier,
            List<String> recalled) {
        return new RecordRequest(TASK, outcome, List.of(Step.action(action)), null, null, null,
                null, null, verifier, recalled, "shop");
    }

    private RecallAnswer recall(String task) {
        return memory.recall(new RecallRequest(task, null, 9, null, null, "shop", 600));
    }

    @Test
    void aRunByItselfWaits() {
        RecordReceipt receipt = memory.record(run(Outcome.FAILURE, "a / b"));

        assertThat(receipt.status()).isEqualTo(Status.WAITING);
        assertThat(receipt.detail()).isEqualTo("kept until a run of this task works");
        assertThat(receipt.queuePosition()).isZero();
        assertThat(receipt.etaSeconds()).isNull();
    }

    @Test
    void aRunWithTheOppositeOutcomeIsPaired() {
        memory.record(run(Outcome.FAILURE, "a / b"));

        RecordReceipt receipt = memory.record(run(Outcome.SUCCESS, "a / b if b else 0"));

        assertThat(receipt.status()).isEqualTo(Status.PAIRED);
        assertThat(receipt.queuePosition()).isOne();
    }

    @Test
    void aRunWhoseTaskCanBeJudgedIsLeftToTheLocalPair() {
        RecordReceipt receipt = memory.record(
                run(Outcome.FAILURE, "a / b", new Verifier.Answer("12"), List.of()));

        assertThat(receipt.detail())
                .isEqualTo("the local models solve the task, and the verifier decides");
    }

    @Test
    void theSameCallTwiceIsOneRecord() {
        RecordReceipt first = memory.record(run(Outcome.FAILURE, "a / b"));
        RecordReceipt second = memory.record(run(Outcome.FAILURE, "a / b"));

        assertThat(second.trajectoryId()).isEqualTo(first.trajectoryId());
        assertThat(second.detail())
                .isEqualTo("this run was recorded before and waits to be distilled");
        assertThat(store.trajectories()).isOne();
    }

    @Test
    void aRunThatIsDoneWithSaysHowItEnded() {
        RecordReceipt first = memory.record(run(Outcome.FAILURE, "a / b"));
        store.distilled(new Distillation(first.trajectoryId(), List.of(), "nothing learnt"));

        assertThat(memory.record(run(Outcome.FAILURE, "a / b")).detail())
                .isEqualTo("this run was recorded before: nothing learnt");
    }

    @Test
    void secretsGoBeforeTheIdIsMade() {
        RecordReceipt first = memory
                .record(run(Outcome.FAILURE, "psql postgres://app:s3cr3t@db.example.com/app"));
        RecordReceipt second = memory
                .record(run(Outcome.FAILURE, "psql postgres://app:hunt3r@db.example.com/app"));

        assertThat(second.trajectoryId()).isEqualTo(first.trajectoryId());
        assertThat(store.trajectory(first.trajectoryId()).orElseThrow().steps().toString())
                .contains("db.example.com").doesNotContain("s3cr3t");
    }

    @Test
    void recalledConstraintsAreCountedByHowTheRunEnded() {
        store.learn(DIVIDING);
        List<String> recalled = List.of(DIVIDING.id());

        memory.record(run(Outcome.SUCCESS, "check, then divide", null, recalled));
        memory.record(run(Outcome.SUCCESS, "check, then divide", null, recalled));
        memory.record(run(Outcome.FAILURE, "divide twice", null, recalled));
        memory.record(run(Outcome.UNKNOWN, "divide thrice", null, recalled));

        assertThat(memory.constraint(DIVIDING.id()).orElseThrow().evidence())
                .contains(new ConstraintView.Evidence("use", "recorded runs",
                        "helped in 1, harmed in 1"));
    }

    @Test
    void whatFitsIsRecalledWithWhereItCameFrom() {
        store.learn(DIVIDING);

        RecallAnswer answer = recall("Divide the total by the count, which may be zero.");

        assertThat(answer.lines()).singleElement().satisfies(line -> {
            assertThat(line.id()).isEqualTo(DIVIDING.id());
            assertThat(line.origin()).isEqualTo("candidate, recorded-pair of t-1, t-2");
        });
        assertThat(answer.emptyBecause()).isNull();
        assertThat(answer.memory()).isEqualTo(new MemoryCounts(1, 0, 0));
    }

    @Test
    void whatDoesNotFitIsHeldBack() {
        store.learn(DIVIDING);

        assertThat(recall("Translate the number of prices into French.").lines()).isEmpty();
        assertThat(recall("Number the chapters.").emptyBecause())
                .isEqualTo("nothing here is relevant: 1 do not fit this task");
    }

    @Test
    void anEmptyMemorySaysThatItIsEmptyAndWhatWaits() {
        assertThat(recall(TASK).emptyBecause()).isEqualTo("nothing is learnt yet");

        memory.record(run(Outcome.FAILURE, "a / b"));

        assertThat(recall(TASK).emptyBecause())
                .isEqualTo("nothing is learnt yet; 1 runs wait to be distilled");
    }

    @Test
    void anUnknownConstraintIsEmpty() {
        assertThat(memory.constraint("c-0")).isEmpty();
    }
}
