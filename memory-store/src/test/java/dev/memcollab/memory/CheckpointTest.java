package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.Standing;
import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Failures;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    private Path directory;

    private final Trajectory first = verified("sort the list");
    private final Trajectory second = Samples.run("heap");
    private final LearntConstraint learnt = Samples.learntFrom(first, "a list is sorted");

    private static Trajectory verified(String task) {
        return Trajectory.of(
                new Task(task, "T-1", Samples.PROJECT, Samples.ITERATION,
                        new Verifier.Answer("42")),
                Samples.run("x").outcome(), Samples.run("merge").steps(), Trajectory.Report.NONE,
                Samples.NOW);
    }

    /// Enough of everything, and then so much that a checkpoint is worth while.
    private void fill() {
        try (var store = MemoryStore.open(directory)) {
            store.append(first);
            store.append(second);
            store.tried(Trial.begun(second.id()));
            store.attempted(new LocalAttempt(first.id(), ModelRole.STRONG, "small", true));
            store.learn(learnt);
            store.learn(Samples.learnt("a list is reversed", "turn it"));
            store.distilled(new Distillation(first.id(), List.of(learnt.id()), "one"));
            store.approve(learnt.id());
            store.witnessed(learnt.id(), false);
            store.append(Samples.run(new Project("bank"), "forget me", "x"));
            store.forget(new OneRun(Samples.run(new Project("bank"), "forget me", "x").id()));
            store.append(Samples.run("y".repeat(400_000)));
            assertThat(store.trajectories()).isEqualTo(3);
        }
        assertThat(checkpoint()).exists();
    }

    private Path checkpoint() {
        return directory.resolve("checkpoint-v1");
    }

    private void assertAllIsThere() {
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).contains(second).hasSize(2);
            assertThat(store.failures(second.id())).isEqualTo(new Failures(1, "its process died"));
            assertThat(store.distillation(first.id()))
                    .contains(new Distillation(first.id(), List.of(learnt.id()), "one"));
            assertThat(store.passedBy("small", Samples.ITERATION, 3)).containsExactly(first);
            assertThat(store.constraint(learnt.id())).get()
                    .extracting(LearntConstraint::standing).isEqualTo(Standing.APPROVED);
            assertThat(store.usefulness(learnt.id())).isEqualTo(new Usefulness(0, 1));
            assertThat(store.othersOf(verified("sort the list"))).contains(second);
            assertThat(Samples.found(store, "reversed")).hasSize(1);
            assertThat(store.append(first)).isFalse();
            assertThat(store.learntSince(Samples.PROJECT, Samples.ITERATION, Samples.NOW))
                    .isEqualTo(2);
            assertThat(store.append(Samples.run("after all"))).isTrue();
        }
    }

    @Test
    void aStartFromACheckpointKnowsAllThatCameBefore() {
        fill();

        assertAllIsThere();
    }

    @Test
    void whatTheCheckpointCoversIsNotReadAgain() throws IOException {
        fill();
        Path base = directory.resolve("journal/000002.base.jsonl");
        byte[] journal = Files.readAllBytes(base);
        journal[20] ^= 1; // unnoticed, unless the first line is looked at

        Files.write(base, journal);

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.status().damaged()).isEmpty();
        }
    }

    @Test
    void withoutACheckpointAllIsRead() throws IOException {
        fill();
        Files.delete(checkpoint());

        assertAllIsThere();
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        fill();
        byte[] bytes = Files.readAllBytes(checkpoint());
        for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 40)) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x55;
            Files.write(checkpoint(), damaged);
            try (var store = MemoryStore.open(directory)) {
                assertThat(store.trajectories()).isEqualTo(3);
            }
        }
        Files.write(checkpoint(), new byte[0]);
        assertAllIsThere();
    }

    @Test
    void aCheckpointOfAnotherJournalIsPassedOver() throws IOException {
        fill();
        Path journal = directory.resolve("journal/000002.base.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, 1), StandardOpenOption.TRUNCATE_EXISTING);

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.trajectories()).isEqualTo(1);
        }
    }
}
