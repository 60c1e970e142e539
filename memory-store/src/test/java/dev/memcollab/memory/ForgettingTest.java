package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Forgettable.OneConstraint;
import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.memory.Forgettable.WholeProject;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {
    private static final Project BANK = new Project("bank");

    @TempDir
    private Path directory;

    private final Trajectory kept = Samples.run(Samples.PROJECT, "sort marigolds", "merge");
    private final Trajectory gone = Samples.run(Samples.PROJECT, "sort hyacinths", "bubble");
    private final LearntConstraint ofKept = Samples.learntFrom(kept, "marigolds are sorted");
    private final LearntConstraint ofGone = Samples.learntFrom(gone, "hyacinths are sorted");
    private final LearntConstraint ofBoth = Samples.learntFrom(kept, "flowers are sorted");
    private final LearntConstraint ofBothAgain = Samples.learntFrom(gone, "flowers are sorted");

    private MemoryStore filled() {
        var store = MemoryStore.open(directory);
        store.append(kept);
        store.append(gone);
        for (LearntConstraint learnt : List.of(ofKept, ofGone, ofBoth, ofBothAgain)) {
            store.learn(learnt);
        }
        store.distilled(new Distillation(gone.id(), List.of(ofGone.id(), ofBoth.id()), "two"));
        store.witnessed(ofGone.id(), true);
        assertThat(Samples.found(store, "hyacinths")).hasSize(2);
        return store;
    }

    @Test
    void aForgottenRunTakesWithItWhatRestsOnItAlone() {
        try (var store = filled()) {
            Forgetting done = store.forget(new OneRun(gone.id()));

            assertThat(done).isEqualTo(new Forgetting(List.of(gone.id()), List.of(ofGone.id()),
                    List.of(ofBoth.id())));
            assertThat(store.trajectory(gone.id())).isEmpty();
            assertThat(store.distillation(gone.id())).isEmpty();
            assertThat(store.all()).containsExactly(ofKept, ofBoth);
            assertThat(Samples.found(store, "hyacinths")).isEmpty();
            assertThat(Samples.found(store, "marigolds")).containsExactlyInAnyOrder(ofKept, ofBoth);
            assertThat(store.pending()).containsExactly(kept);
        }
    }

    @Test
    void theBytesLeaveEveryFile() throws IOException {
        try (var store = filled()) {
            store.backup();
        }
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.filesWith(directory, "hyacinths")).hasSizeGreaterThan(1);

            store.forget(new OneRun(gone.id()));

            assertThat(Samples.filesWith(directory, "hyacinths")).isEmpty();
            assertThat(Samples.filesWith(directory, "marigolds")).isNotEmpty();
        }
        assertThat(Samples.filesWith(directory, "hyacinths")).isEmpty();
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() throws IOException {
        try (var store = filled()) {
            byte[] before = Files.readAllBytes(Samples.journal(directory));

            Forgetting would = store.forgettingOf(new OneRun(gone.id()));

            assertThat(Files.readAllBytes(Samples.journal(directory))).isEqualTo(before);
            assertThat(store.forget(new OneRun(gone.id()))).isEqualTo(would);
        }
    }

    @Test
    void aForgottenConstraintIsNotLearntAgainAndItsRunsStay() {
        try (var store = filled()) {
            store.forget(new OneConstraint(ofGone.id()));
            store.learn(ofGone);

            assertThat(store.constraint(ofGone.id())).isEmpty();
            assertThat(store.trajectory(gone.id())).contains(gone);
        }
    }

    @Test
    void whatIsDistilledFromARunWhileItIsForgottenIsNotLearnt() {
        try (var store = filled()) {
            store.forget(new OneRun(gone.id()));

            store.learn(Samples.learntFrom(gone, "late hyacinths are sorted"));

            assertThat(store.all()).containsExactly(ofKept, ofBoth);
        }
    }

    @Test
    void aRunThatIsRecordedAnewIsKeptAndLearntFrom() {
        try (var store = filled()) {
            store.forget(new OneRun(gone.id()));

            assertThat(store.append(gone)).isTrue();
            store.learn(ofGone);

            assertThat(store.trajectory(gone.id())).contains(gone);
            assertThat(store.constraint(ofGone.id())).contains(ofGone);
        }
    }

    @Test
    void aProjectIsForgottenWholeAndNoOther() throws IOException {
        Trajectory run = Samples.run(BANK, "count crocuses", "one by one");
        try (var store = filled()) {
            store.append(run);
            store.learn(Samples.learntFrom(run, "crocuses are counted"));
            store.learn(Samples.learntFrom(
                    Samples.run(BANK, "a run from before crocuses", "unknown here"),
                    "more crocuses are counted"));

            assertThat(store.forgettingOf(new WholeProject(new Project("nowhere"))))
                    .isEqualTo(Forgetting.NOTHING);
            Forgetting done = store.forget(new WholeProject(BANK));

            assertThat(done.constraints()).hasSize(2);
            assertThat(store.trajectories()).isEqualTo(2);
            assertThat(store.all()).containsExactly(ofKept, ofGone, ofBoth.with(ofBothAgain));
            assertThat(Samples.filesWith(directory, "crocuses")).isEmpty();
        }
    }

    @Test
    void anotherStoreThatIsOpenForgetsToo() {
        try (var store = filled(); var other = MemoryStore.open(directory)) {
            assertThat(Samples.found(other, "hyacinths")).hasSize(2);

            store.forget(new OneRun(gone.id()));

            assertThat(Samples.found(other, "hyacinths")).isEmpty();
            assertThat(other.trajectory(gone.id())).isEmpty();
            assertThat(other.append(Samples.run("by the other"))).isTrue();
            assertThat(store.trajectories()).isEqualTo(2);
        }
    }

    @Test
    void whatHoldsNothingIsAnError() {
        try (var store = filled()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.forget(new OneRun("t-0000")))
                    .withMessage("trajectory must name a recorded run, got \"t-0000\"");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.forget(new OneConstraint("c-0000")))
                    .withMessage("id must name a constraint, got \"c-0000\"");
        }
    }

    @Test
    void anOrderThatWasWrittenDownIsCarriedOutByTheNextWriter() throws IOException {
        try (var store = filled()) {
            store.status();
        }
        var order = new Entry("e-order", Samples.NOW, new Forgotten(Set.of(gone.id()), Set.of()));
        Files.write(Samples.journal(directory), Line.Seal.close(EventJson.write(order)),
                StandardOpenOption.APPEND);

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.trajectory(gone.id())).isEmpty();
            store.append(Samples.run("next"));

            assertThat(store.constraint(ofGone.id())).isEmpty();
            assertThat(Samples.filesWith(directory.resolve("journal"), "hyacinths")).isEmpty();
        }
    }

    @Test
    void aDamagedLineStaysUnlessItNamesWhatIsForgotten() throws IOException {
        try (var store = filled()) {
            store.status();
        }
        var lines = new ArrayList<String>(Files.readAllLines(Samples.journal(directory)));
        lines.add(1, "{\"damaged\":\"" + gone.id() + " hyacinths\"}");
        lines.add(1, "{\"damaged\":\"tulips\"}");
        Files.write(Samples.journal(directory), lines);

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.status().damaged()).hasSize(2);
            store.forget(new OneRun(gone.id()));

            assertThat(store.status().damaged()).hasSize(1);
            assertThat(Samples.filesWith(directory, "tulips")).hasSize(1);
            assertThat(Samples.filesWith(directory, "hyacinths")).isEmpty();
        }
    }

    @Test
    void anImportDoesNotBringBackWhatWasForgotten() throws IOException {
        var exported = new StringWriter();
        try (var store = filled()) {
            store.export(exported);
            store.forget(new OneRun(gone.id()));

            ImportReport report = store
                    .importFrom(new BufferedReader(new StringReader(exported.toString())));

            assertThat(report.added()).isZero();
            assertThat(report.forgotten()).isEqualTo(4);
            assertThat(report.rejected()).isEmpty();
            assertThat(store.all()).containsExactly(ofKept, ofBoth);
            assertThat(store.trajectories()).isEqualTo(1);
        }
    }
}
