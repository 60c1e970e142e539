package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    /// Hundreds of torn lines would be hundreds of warnings.
    private static final Logger TORN_LINES = Logger.getLogger(Segment.class.getName());

    @TempDir
    private Path directory;

    @BeforeAll
    static void silence() {
        TORN_LINES.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        TORN_LINES.setLevel(null);
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        Trajectory run = Samples.run("merge");
        LearntConstraint learnt = Samples.learnt("a list is sorted", "sort the list");
        try (var store = MemoryStore.open(directory)) {
            store.append(run);
            store.learn(learnt);
            store.witnessed(learnt.id(), true);
        }

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).containsExactly(run);
            assertThat(store.all()).containsExactly(learnt);
            assertThat(store.usefulness(learnt.id())).isEqualTo(new Usefulness(1, 0));
        }
    }

    @Test
    void anEmptyMemoryTouchesNoDisk() throws IOException {
        try (var store = MemoryStore.open(directory.resolve("memory"))) {
            assertThat(store.trajectories()).isZero();
            assertThat(store.status().damaged()).isEmpty();
        }

        assertThat(directory.resolve("memory")).doesNotExist();
    }

    @Test
    void aLineTornAtAnyByteIsCutAndTheRestStays() throws IOException {
        Trajectory kept = Samples.run("merge");
        Trajectory torn = Samples.run("heap");
        Trajectory next = Samples.run("quick");
        byte[] both = journalOf(kept, torn);
        byte[] first = Arrays.copyOf(both, firstLine(both));

        for (int length = first.length; length < both.length; length++) {
            Path home = home("torn-" + length, Arrays.copyOf(both, length));
            try (var store = MemoryStore.open(home)) {
                assertThat(store.pending()).containsExactly(kept);
                assertThat(store.append(next)).isTrue();
                assertThat(store.pending()).containsExactly(kept, next);
                assertThat(store.status().damaged()).isEmpty();
            }
            assertThat(Files.readAllBytes(Samples.journal(home))).startsWith(first)
                    .endsWith('\n');
        }
    }

    @Test
    void aCompleteLastLineThatDoesNotFitItsSealIsCutByTheNextWriter() throws IOException {
        Trajectory kept = Samples.run("merge");
        Trajectory next = Samples.run("quick");
        byte[] bytes = journalOf(kept, Samples.run("heap"));
        bytes[bytes.length - 30] ^= 1;
        Path home = home("last", bytes);

        try (var store = MemoryStore.open(home); var other = MemoryStore.open(home)) {
            assertThat(other.pending()).containsExactly(kept);
            assertThat(store.append(next)).isTrue();
            assertThat(other.pending()).containsExactly(kept, next);
            assertThat(other.status().damaged()).isEmpty();
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsReportedWithItsNumberAndSkipped() throws IOException {
        Trajectory first = Samples.run("merge");
        Trajectory third = Samples.run("quick");
        byte[] bytes = journalOf(first, Samples.run("heap"), third);
        bytes[firstLine(bytes) + 40] ^= 1;
        Path home = home("middle", bytes);

        try (var store = MemoryStore.open(home)) {
            assertThat(store.pending()).containsExactly(first, third);
            assertThat(store.status().damaged()).containsExactly(new DamagedLine(
                    Samples.journal(home), 2, "its checksum does not fit"));
            assertThat(store.append(Samples.run("heap"))).isTrue();
            assertThat(store.trajectories()).isEqualTo(3);
        }
        assertThat(Files.readAllBytes(Samples.journal(home))).startsWith(bytes);
    }

    @Test
    void aSealedLineThatIsNoEventIsReportedAndSkipped() throws IOException {
        Path home = home("no-event", Line.Seal.close("{\"v\":1,\"op\":\"trajectory\"}"));

        try (var store = MemoryStore.open(home)) {
            assertThat(store.status().damaged()).extracting(DamagedLine::reason)
                    .containsExactly("id must be a string");
        }
    }

    @Test
    void aNewerFormatIsRefusedForReadingAndWriting() throws IOException {
        byte[] newer = Line.Seal.close("{\"v\":2,\"id\":\"e\",\"op\":\"trajectory\"}");
        Path home = home("newer", newer);

        try (var store = MemoryStore.open(home)) {
            assertThatExceptionOfType(MemoryFailedException.class).isThrownBy(store::pending)
                    .withMessageContaining("line 1")
                    .withMessageContaining("newer MemCollab (format 2, this one reads up to 1)");
            assertThatExceptionOfType(MemoryFailedException.class)
                    .isThrownBy(() -> store.append(Samples.run("merge")));
        }
        assertThat(Files.readAllBytes(Samples.journal(home))).isEqualTo(newer);
    }

    @Test
    void unknownFieldsAndKindsOfEventAreReadOverAndExported() throws IOException {
        Trajectory run = Samples.run("merge");
        String line = new String(journalOf(run), StandardCharsets.UTF_8).strip()
                .replaceAll(",\"crc\":\"........\"}$", ",\"mood\":{\"of\":\"agent\"}}")
                .replace("\"outcome\":", "\"weather\":[1,2],\"outcome\":");
        byte[] known = Line.Seal.close(line);
        byte[] foreign = Line.Seal.close(
                "{\"v\":1,\"id\":\"e\",\"op\":\"hummed\",\"at\":\"2026-11-01T12:00:00Z\"}");
        Path home = home("unknown", known);
        Files.write(Samples.journal(home), foreign, StandardOpenOption.APPEND);

        try (var store = MemoryStore.open(home)) {
            assertThat(store.pending()).containsExactly(run);
            assertThat(store.status().damaged()).isEmpty();
            var export = new StringWriter();
            assertThat(store.export(export)).isEmpty();
            assertThat(export.toString()).isEqualTo(new String(known, StandardCharsets.UTF_8)
                    + new String(foreign, StandardCharsets.UTF_8));
        }
    }

    @Test
    void anExportLeavesDamagedLinesOutAndSaysSo() throws IOException {
        Trajectory first = Samples.run("merge");
        byte[] bytes = journalOf(first, Samples.run("heap"), Samples.run("quick"));
        bytes[firstLine(bytes) + 40] ^= 1;

        try (var store = MemoryStore.open(home("export", bytes))) {
            var export = new StringWriter();
            assertThat(store.export(export)).extracting(DamagedLine::number).containsExactly(2L);
            assertThat(export.toString().lines()).hasSize(2)
                    .allMatch(line -> Line.Seal
                            .verified(line.getBytes(StandardCharsets.UTF_8)).isPresent());
        }
    }

    @Test
    void aJournalThatIsReplacedByAShorterOneIsReadAnew() throws IOException {
        Trajectory first = Samples.run("merge");
        Path home = home("replaced", journalOf(first, Samples.run("heap")));
        try (var store = MemoryStore.open(home)) {
            assertThat(store.trajectories()).isEqualTo(2);

            Files.write(Samples.journal(home), journalOf(first));

            assertThat(store.pending()).containsExactly(first);
        }
    }

    @Test
    void anExportedJournalIsAMemoryAgain() throws IOException {
        var export = new StringWriter();
        try (var store = MemoryStore.open(directory.resolve("one"))) {
            store.append(Samples.run("merge"));
            store.learn(Samples.learnt("a list is sorted", "sort"));
            store.export(export);
        }
        Path home = home("two", export.toString().getBytes(StandardCharsets.UTF_8));

        try (var store = MemoryStore.open(home)) {
            assertThat(store.trajectories()).isEqualTo(1);
            assertThat(store.constraints()).isEqualTo(1);
        }
    }

    @Test
    void halfACharacterDoesNotStopARunFromBeingKept() {
        Trajectory run = Samples.run("cut in the middle of an emoji \uD83D");

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.append(run)).isTrue();
            assertThat(store.trajectory(run.id())).isPresent();
        }
    }

    @Test
    void secretsNeverReachTheDisk() throws IOException {
        Trajectory run = Samples.run("export DB_PASSWORD='hunter2!'");
        try (var store = MemoryStore.open(directory)) {
            store.append(run);
            store.learn(Samples.learnt("password = \"hunter2!\" is used", "log in"));

            assertThat(store.trajectory(run.id())).isPresent();
            assertThat(store.othersOf(Trajectory.of(Task.of("sort the list", Samples.PROJECT),
                    run.outcome(), run.steps(), Trajectory.Report.NONE, Samples.NOW))).isEmpty();
        }

        assertThat(Files.readString(Samples.journal(directory))).doesNotContain("hunter2")
                .contains("[redacted:password]");
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() {
        try (var store = MemoryStore.open(directory)) {
            Thread.currentThread().interrupt();
            boolean appended = store.append(Samples.run("merge"));
            boolean interrupted = Thread.interrupted();

            assertThat(appended).isTrue();
            assertThat(interrupted).isTrue();
            assertThat(store.append(Samples.run("heap"))).isTrue();
            assertThat(store.trajectories()).isEqualTo(2);
        }
    }

    @Test
    void aJournalThatCannotBeWrittenIsAClearError() throws IOException {
        Files.createDirectories(Samples.journal(directory));

        try (var store = MemoryStore.open(directory)) {
            assertThatExceptionOfType(MemoryFailedException.class)
                    .isThrownBy(() -> store.append(Samples.run("merge")))
                    .withMessageContaining("000001.jsonl");
        }
    }

    @Test
    void statusCountsWhatThereIs() {
        try (var store = MemoryStore.open(directory)) {
            store.append(Samples.run("merge"));
            store.learn(Samples.learnt("a list is sorted", "sort"));

            MemoryStatus status = store.status();

            assertThat(status.counts()).isEqualTo(new MemoryStatus.Counts(1, 1, 1));
            assertThat(status.journalBytes())
                    .isEqualTo(Samples.journal(directory).toFile().length());
            assertThat(status.index()).isEmpty();
        }
    }

    /// Where the second line starts.
    private static int firstLine(byte[] journal) {
        return new String(journal, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    }

    private byte[] journalOf(Trajectory... runs) throws IOException {
        Path home = Files.createTempDirectory(directory, "made");
        try (var store = MemoryStore.open(home)) {
            List.of(runs).forEach(store::append);
        }
        return Files.readAllBytes(Samples.journal(home));
    }

    private Path home(String name, byte[] journal) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("journal"));
        Files.write(Samples.journal(home), journal);
        return home;
    }
}
