package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Line.Position;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the machine may do to a store: a clear error each, and nothing is lost.
class FaultsTest {
    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsAClearErrorAndWhatWasAcknowledgedIsThereWhole()
            throws IOException, InterruptedException {
        List<String> said = lines("ulimit -f 200; exec \"$@\"", FillingChild.class);

        assertThat(said.getLast()).startsWith("refused: cannot write " + directory)
                .contains("it needs free space on a local disk that may be written");
        List<String> kept = said.subList(0, said.size() - 1);
        assertThat(kept).hasSizeGreaterThan(5);
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).extracting(Trajectory::id)
                    .containsExactlyElementsOf(kept);
            assertThat(store.status().damaged()).isEmpty();
            assertThat(store.append(Samples.run("once there is room"))).isTrue();
        }
    }

    /// A process that reads without the lock goes on from behind a line that it saw.
    @Test
    void aCompleteLineIsNotTakenBackBecauseTheNextOneFailed()
            throws IOException, InterruptedException {
        List<String> said = lines("ulimit -f 200; exec \"$@\"", BatchChild.class);

        assertThat(said).containsExactly("refused", "refused");
        var found = new ArrayList<String>();
        new Journal(directory, Long.MAX_VALUE).scan(Position.START, true,
                line -> found.add(new String(line.bytes(), StandardCharsets.UTF_8)));
        assertThat(found).hasSize(2);
        assertThat(found.getFirst()).contains("first");
        assertThat(found.getLast()).contains("second");
    }

    /// Where no mount can be made (no user namespaces), a lock that nobody can open stands for it.
    @Test
    void aHomeThatCannotBeWrittenIsReadAndRefusesTheRest()
            throws IOException, InterruptedException {
        Trajectory run = Samples.run("merge");
        try (var store = MemoryStore.open(directory)) {
            store.append(run);
        }

        List<String> said;
        if (isMountable()) {
            said = lines("exec unshare -rm sh -c 'mount -o bind,ro \"$0\" \"$0\"; exec \"$@\"' \""
                    + directory + "\" \"$@\"", FillingChild.class);
        } else {
            Files.delete(directory.resolve("journal.lock"));
            Files.createDirectory(directory.resolve("journal.lock"));
            said = lines("exec \"$@\"", FillingChild.class);
        }

        assertThat(said).hasSize(2);
        assertThat(said.getFirst()).isEqualTo(run.id());
        assertThat(said.getLast()).startsWith("refused: cannot write " + directory);
    }

    @Test
    void whereNoLockCanBeHadReadingGoesOnAndWritingIsRefused() throws IOException {
        Trajectory run = Samples.run("merge");
        LearntConstraint learnt = Samples.learntFrom(run, "a list is sorted");
        try (var store = MemoryStore.open(directory)) {
            store.append(run);
            store.learn(learnt);
        }
        for (String lock : List.of("journal.lock", "index.lock", "checkpoint.lock")) {
            Files.deleteIfExists(directory.resolve(lock));
            Files.createDirectory(directory.resolve(lock));
        }

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).containsExactly(run);
            assertThat(Samples.found(store, "sorted")).containsExactly(learnt);
            assertThatExceptionOfType(MemoryFailedException.class)
                    .isThrownBy(() -> store.append(Samples.run("heap")))
                    .withMessageContaining("local disk");
            assertThat(store.pending()).containsExactly(run);
        }
    }

    @Test
    void aClockThatGoesBackwardsLosesAndReordersNothing() {
        Instant now = Instant.parse("2026-11-24T12:00:00Z");
        Trajectory first = Samples.run("first");
        Trajectory second = Samples.run("second");
        try (var store = MemoryStore.open(directory,
                Clock.fixed(now, Clock.systemUTC().getZone()))) {
            store.append(first);
            store.backup();
        }
        try (var store = MemoryStore.open(directory,
                Clock.fixed(now.minus(Duration.ofDays(400)), Clock.systemUTC().getZone()))) {
            store.append(second);
            store.backup();
            assertThat(store.pending()).containsExactly(first, second);
            assertThat(store.nextPending()).contains(second);
        }
    }

    @Test
    void anOlderVersionRefusesWhatANewerOneWroteBesideIt() throws IOException {
        byte[] newer = Line.Seal
                .close("{\"v\":2,\"id\":\"e\",\"op\":\"x\",\"at\":\"2026-11-01T12:00:00Z\"}");
        try (var store = MemoryStore.open(directory)) {
            store.append(Samples.run("merge"));
            Files.write(Samples.journal(directory), newer, StandardOpenOption.APPEND);

            assertThatExceptionOfType(MemoryFailedException.class).isThrownBy(store::pending)
                    .withMessageContaining("newer MemCollab").withMessageContaining("update");
            assertThatExceptionOfType(MemoryFailedException.class)
                    .isThrownBy(() -> store.append(Samples.run("heap")))
                    .withMessageContaining("newer MemCollab");
        }
        assertThat(Files.readAllBytes(Samples.journal(directory))).endsWith(newer);
    }

    private static boolean isMountable() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/unshare"))
                && new ProcessBuilder("unshare", "-rm",
                        "sh", "-c", "mount -o bind,ro /usr /usr").start().waitFor() == 0;
    }

    /// What a child says that a shell script has started.
    private List<String> lines(String script, Class<?> main)
            throws IOException, InterruptedException {
        var command = ChildProcess.command(main, directory);
        command.addAll(0, List.of("bash", "-c", script, "bash"));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> said = child.inputReader().readAllLines();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
