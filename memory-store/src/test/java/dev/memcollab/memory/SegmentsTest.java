package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.memory.MemoryStatus.DamagedLine;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal as a row of files.
class SegmentsTest {
    /// About two runs.
    private static final long SMALL = 600;

    @TempDir
    private Path directory;

    @Test
    void aFileThatHasGrownLargeIsFollowedByANewOne() throws IOException {
        List<Trajectory> runs = record(12);

        assertThat(files()).hasSizeGreaterThan(3).startsWith("000001.jsonl", "000002.jsonl");
        try (var store = MemoryStore.open(directory)) {
            assertThat(store.pending()).isEqualTo(runs);
        }
    }

    @Test
    void aStoreThatIsOpenFollowsAnotherIntoTheNextFiles() {
        try (var writer = MemoryStore.open(directory, SMALL);
                var reader = MemoryStore.open(directory, SMALL)) {
            for (int i = 0; i < 12; i++) {
                writer.append(Samples.run("run " + i));
                assertThat(reader.trajectories()).isEqualTo(i + 1);
            }
            reader.append(Samples.run("by the other"));
            assertThat(writer.trajectories()).isEqualTo(13);
        }
    }

    @Test
    void aTornEndIsCutBeforeTheNextFileBegins() throws IOException {
        record(1);
        Path first = directory.resolve("journal").resolve("000001.jsonl");
        Files.writeString(first, "x".repeat(1000), StandardOpenOption.APPEND);

        try (var store = MemoryStore.open(directory, 10)) {
            store.append(Samples.run("next"));

            assertThat(store.trajectories()).isEqualTo(2);
            assertThat(store.status().damaged()).isEmpty();
        }
        assertThat(files()).containsExactly("000001.jsonl", "000002.jsonl");
        assertThat(Files.readString(first)).doesNotContain("xxx").endsWith("\n");
    }

    @Test
    void aDamagedEndOfAnOlderFileIsReportedWithItsNumberAndSkipped() throws IOException {
        List<Trajectory> runs = record(12);
        Path second = directory.resolve("journal").resolve("000002.jsonl");
        Files.writeString(second, "torn by the disk", StandardOpenOption.APPEND);
        long lines;
        try (Stream<String> all = Files.lines(second)) {
            lines = all.count();
        }

        try (var store = MemoryStore.open(directory, SMALL)) {
            assertThat(store.pending()).isEqualTo(runs);
            assertThat(store.status().damaged()).containsExactly(
                    new DamagedLine(second, lines, "its checksum does not fit"));
        }
    }

    @Test
    void theIndexGoesOnOverFiles() {
        try (var store = MemoryStore.open(directory, SMALL)) {
            IntStream.range(0, 12).forEach(i -> store
                    .learn(Samples.learnt("a list is sorted in turn " + i, "word" + i)));
            assertThat(Samples.found(store, "word7")).hasSize(1);
        }
        try (var store = MemoryStore.open(directory, SMALL)) {
            assertThat(store.status().index()).hasValueSatisfying(
                    index -> assertThat(index.behind()).isZero());
            store.learn(Samples.learnt("a list is sorted at last", "word12"));

            assertThat(Samples.found(store, "word7")).hasSize(1);
            assertThat(Samples.found(store, "word12")).hasSize(1);
        }
    }

    private List<Trajectory> record(int count) {
        var runs = new ArrayList<Trajectory>();
        try (var store = MemoryStore.open(directory, SMALL)) {
            for (int i = 0; i < count; i++) {
                runs.add(Samples.run("run " + i));
                store.append(runs.getLast());
            }
        }
        return runs;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }
}
