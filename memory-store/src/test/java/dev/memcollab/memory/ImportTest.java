package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.memory.ImportReport.RejectedLine;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    @TempDir
    private Path directory;

    private final Trajectory run = Samples.run("merge");
    private final LearntConstraint learnt = Samples.learntFrom(run, "a list is sorted");

    private MemoryStore store(String name) {
        return MemoryStore.open(directory.resolve(name));
    }

    private void fill(MemoryStore store) {
        store.append(run);
        store.tried(Trial.begun(run.id()));
        store.attempted(new LocalAttempt(run.id(), ModelRole.WEAK, "tiny", true));
        store.learn(learnt);
        store.distilled(new Distillation(run.id(), List.of(learnt.id()), "one"));
        store.approve(learnt.id());
        store.promote(learnt.id());
        store.witnessed(learnt.id(), true);
        store.witnessed(learnt.id(), true);
        store.append(Samples.run("heap"));
    }

    private static String exported(MemoryStore store) {
        var lines = new StringWriter();
        assertThat(store.export(lines)).isEmpty();
        return lines.toString();
    }

    private static ImportReport imported(MemoryStore store, String lines) throws IOException {
        return store.importFrom(new BufferedReader(new StringReader(lines)));
    }

    @Test
    void anExportImportedElsewhereIsTheSameMemory() throws IOException {
        try (var from = store("from"); var to = store("to")) {
            fill(from);

            ImportReport report = imported(to, exported(from));

            assertThat(report).isEqualTo(new ImportReport(10, 0, 0, List.of()));
            assertThat(to.all()).isEqualTo(from.all());
            assertThat(to.pending()).isEqualTo(from.pending());
            assertThat(to.distillation(run.id())).isEqualTo(from.distillation(run.id()));
            assertThat(to.usefulness(learnt.id())).isEqualTo(new Usefulness(2, 0));
            assertThat(exported(to).lines())
                    .containsExactlyInAnyOrderElementsOf(exported(from).lines().toList());
        }
    }

    @Test
    void importedTwiceItIsTheSameAsOnce() throws IOException {
        try (var store = store("one")) {
            fill(store);
            String lines = exported(store);

            assertThat(imported(store, lines))
                    .isEqualTo(new ImportReport(0, 10, 0, List.of()));
            assertThat(exported(store)).isEqualTo(lines);
        }
    }

    @Test
    void failuresOfARunThatWaitsAreCountedOnce() throws IOException {
        try (var from = store("from"); var to = store("to")) {
            from.append(run);
            from.tried(Trial.failed(run.id(), "no model"));
            from.tried(Trial.begun(run.id()));
            String lines = exported(from);

            assertThat(imported(from, lines)).isEqualTo(new ImportReport(0, 3, 0, List.of()));
            imported(to, lines);
            imported(to, lines);

            assertThat(from.failures(run.id()).count()).isEqualTo(2);
            assertThat(to.failures(run.id())).isEqualTo(from.failures(run.id()));
        }
    }

    @Test
    void whatTwoMemoriesLearntIsMergedWithTheSourcesOfBoth() throws IOException {
        Trajectory other = Samples.run(Samples.PROJECT, "order the list", "quick");
        try (var one = store("one"); var two = store("two")) {
            fill(one);
            two.append(other);
            two.learn(Samples.learntFrom(other, "a list is sorted"));

            imported(two, exported(one));

            assertThat(two.constraint(learnt.id())).get()
                    .extracting(LearntConstraint::support).isEqualTo(2);
        }
    }

    @Test
    void aRunThatWasForgottenAndRecordedAnewOutlivesTheOldOrder() throws IOException {
        try (var store = store("one"); var other = store("two")) {
            fill(store);
            store.forget(new OneRun(run.id()));
            for (int i = 0; i < 600; i++) { // more than are taken in at once
                store.append(Samples.run("run " + i));
            }
            store.append(run);
            store.learn(learnt);
            String lines = exported(store);

            ImportReport again = imported(store, lines);
            imported(other, lines);

            assertThat(again).isEqualTo(
                    new ImportReport(0, (int) lines.lines().count(), 0, List.of()));
            assertThat(exported(store)).isEqualTo(lines);
            for (MemoryStore one : List.of(store, other)) {
                one.append(Samples.run("next"));
                assertThat(one.trajectory(run.id())).contains(run);
                assertThat(one.all()).containsExactly(learnt);
            }
        }
    }

    @Test
    void anOrderToForgetThatIsImportedTwiceIsOne() throws IOException {
        try (var from = store("from"); var to = store("to")) {
            fill(to);
            fill(from);
            from.forget(new OneRun(run.id()));

            assertThat(imported(to, exported(from)).added()).isEqualTo(1);
            to.append(Samples.run("next"));
            String lines = exported(to);

            assertThat(to.trajectory(run.id())).isEmpty();
            assertThat(imported(to, exported(from)).added()).isZero();
            assertThat(exported(to)).isEqualTo(lines);
        }
    }

    @Test
    void aBackupIsRestoredByAnImport() throws IOException {
        try (var from = store("from"); var to = store("to")) {
            fill(from);

            Path backup = from.backup();

            assertThat(backup.getParent()).isEqualTo(directory.resolve("from/backups"));
            try (BufferedReader lines = Files.newBufferedReader(backup)) {
                assertThat(to.importFrom(lines).added()).isEqualTo(10);
            }
            assertThat(exported(to).lines())
                    .containsExactlyInAnyOrderElementsOf(exported(from).lines().toList());
        }
    }

    @Test
    void linesThatCannotBeUsedAreNamedAndTheRestIsTaken() throws IOException {
        try (var from = store("from"); var to = store("to")) {
            fill(from);
            List<String> lines = exported(from).lines().toList();
            String damaged = lines.get(3).replace("sorted", "sordid");
            String stranger = new String(Line.Seal.close(
                    "{\"v\":1,\"id\":\"e\",\"op\":\"dance\",\"at\":\"2026-11-01T12:00:00Z\"}"),
                    StandardCharsets.UTF_8).strip();

            ImportReport report = imported(to, String.join("\n", lines.get(0), "", damaged,
                    "no JSON", stranger, lines.get(5)));

            assertThat(report.added()).isEqualTo(1);
            assertThat(report.rejected()).containsExactly(
                    new RejectedLine(3, "its checksum does not fit"),
                    new RejectedLine(4, "its checksum does not fit"),
                    new RejectedLine(5, "op must be one that this version knows, got \"dance\""),
                    new RejectedLine(6, "id must name a constraint, got \"%s\""
                            .formatted(learnt.id())));
        }
    }

    @Test
    void anExportOfANewerVersionIsRefused() throws IOException {
        String newer = new String(Line.Seal.close("{\"v\":2,\"id\":\"e\",\"op\":\"x\"}"),
                StandardCharsets.UTF_8);
        try (var store = store("one")) {
            assertThatExceptionOfType(MemoryFailedException.class)
                    .isThrownBy(() -> imported(store, newer))
                    .withMessageStartingWith("line 1 was written by a newer MemCollab");
        }
    }
}
