package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.LearntConstraint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstraintIndexTest {
    private static final LearntConstraint ITERATORS = Samples
            .learnt("elements are removed while a collection is walked", "expire old baskets");
    private static final LearntConstraint RECURSION = Samples.learnt("a function calls itself",
            "visit the orchard");

    @TempDir
    private Path directory;

    @Test
    void anIndexIsWrittenAndUsedAgain() {
        remember(ITERATORS, RECURSION);

        try (var store = MemoryStore.open(directory)) {
            assertThat(store.status().index()).hasValueSatisfying(
                    index -> assertThat(index.behind()).isZero());
            assertThat(Samples.found(store, "baskets")).containsExactly(ITERATORS);
        }
    }

    @Test
    void openingAMemoryDoesNotOpenTheIndex() {
        try (var store = MemoryStore.open(directory)) {
            store.learn(ITERATORS);
        }

        assertThat(directory.resolve("index-v1")).doesNotExist();
    }

    @Test
    void aDeletedIndexIsBuiltAnew() throws IOException {
        remember(ITERATORS, RECURSION);
        for (Path file : indexFiles()) {
            Files.delete(file);
        }

        assertSearchIsRightAndTheIndexIsRepaired();
    }

    @Test
    void theIndexMayBeDeletedWhileItIsInUse() throws IOException {
        remember(ITERATORS, RECURSION);
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, "baskets")).containsExactly(ITERATORS);
            for (Path file : indexFiles()) {
                Files.delete(file);
            }

            assertThat(Samples.found(store, "orchard")).containsExactly(RECURSION);
            LearntConstraint third = Samples.learnt("a queue is drained", "empty the barrel");
            store.learn(third);
            assertThat(Samples.found(store, "barrel")).containsExactly(third);
        }

        assertSearchIsRightAndTheIndexIsRepaired();
    }

    @Test
    void anIndexDamagedInAnyFileIsBuiltAnew() throws IOException {
        remember(ITERATORS, RECURSION);
        List<Path> files = indexFiles();
        Map<Path, byte[]> intact = files.stream()
                .collect(Collectors.toMap(file -> file, ConstraintIndexTest::bytes));

        for (Path file : files) {
            for (Path other : indexFiles()) {
                Files.delete(other);
            }
            for (Path each : files) {
                Files.write(each, intact.getOrDefault(each, new byte[0]));
            }
            byte[] damaged = bytes(file);
            if (damaged.length == 0) {
                continue;
            }
            damaged[damaged.length / 2] ^= 0x55;
            Files.write(file, damaged);

            assertSearchIsRightAndTheIndexIsRepaired();
        }
    }

    @Test
    void anIndexOfAnotherSchemaIsBuiltAnew() throws IOException {
        remember(ITERATORS, RECURSION);
        try (var lucene = FSDirectory.open(directory.resolve("index-v1"));
                var writer = new IndexWriter(lucene, new IndexWriterConfig())) {
            writer.deleteAll();
            writer.setLiveCommitData(Map.of("schema", "0", "offset", "0", "seal", "").entrySet());
            writer.commit();
        }

        assertSearchIsRightAndTheIndexIsRepaired();
    }

    @Test
    void anIndexOfAnotherJournalIsBuiltAnew() throws IOException {
        remember(Samples.learnt("a river is crossed", "bridges"));
        Files.delete(Samples.journal(directory));
        remember(ITERATORS, RECURSION);

        assertSearchIsRightAndTheIndexIsRepaired();
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, "bridges river crossed")).isEmpty();
        }
    }

    @Test
    void aNewerVersionInTheOverlayHidesTheOneOnDisk() {
        remember(ITERATORS, RECURSION);
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, "baskets")).hasSize(1);
            store.learn(Samples.learnt(ITERATORS.constraint(), "prune the apple trees"));

            assertThat(Samples.found(store, "apple")).extracting(LearntConstraint::support)
                    .containsExactly(2);
            assertThat(Samples.found(store, "baskets walked")).extracting(LearntConstraint::id)
                    .containsExactly(ITERATORS.id());
        }
    }

    @Test
    void moreThanTheOverlayHoldsIsMovedToDiskWhileSearchGoesOn() {
        try (var store = MemoryStore.open(directory)) {
            for (int i = 0; i < 200; i++) {
                store.learn(Samples.learnt("a list is sorted in way " + i, "word" + i));
                if (i % 5 == 0) {
                    assertThat(Samples.found(store, "word" + i)).hasSize(1);
                }
            }
            for (int i = 0; i < 200; i += 17) {
                assertThat(Samples.found(store, "word" + i)).hasSize(1);
            }
        }
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, "word199")).hasSize(1);
            assertThat(store.status().index()).isPresent();
        }
    }

    @Test
    void aVeryLongQueryIsAnswered() {
        remember(ITERATORS, RECURSION);
        String text = IntStream.range(0, 5000).mapToObj(i -> "w" + i)
                .collect(Collectors.joining(" ", "baskets ", " orchard"));

        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, text)).containsExactlyInAnyOrder(ITERATORS, RECURSION);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void diskAndOverlayAnswerAsOneIndexInMemoryDoes(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path fresh = directory.resolve("fresh");
        for (int round = 0; round < 3; round++) {
            try (var store = MemoryStore.open(directory.resolve("grown"))) {
                for (int i = 0; i < 40; i++) {
                    store.learn(anyConstraint(random));
                    if (i % 8 == 0) {
                        store.search(new Query("w1", Samples.PROJECT, null), 3);
                    }
                }
            }
        }
        Files.createDirectories(fresh.resolve("journal"));
        Files.copy(Samples.journal(directory.resolve("grown")), Samples.journal(fresh));

        try (var grown = MemoryStore.open(directory.resolve("grown"));
                var built = MemoryStore.open(fresh)) {
            Samples.found(grown, "open the index, so that what comes next is overlaid");
            for (LearntConstraint learnt : Stream.generate(() -> anyConstraint(random)).limit(20)
                    .toList()) {
                grown.learn(learnt);
                built.learn(learnt);
            }
            for (int i = 0; i < 30; i++) {
                var query = new Query(words(random, 3), Samples.PROJECT, null);
                assertSame(grown.search(query, 200), built.search(query, 200));
            }
        }
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }

    /// The same constraints. Scores may differ a little, by the statistics of replaced versions.
    private static void assertSame(List<Match> grown, List<Match> built) {
        Map<String, Double> scores = built.stream()
                .collect(Collectors.toMap(Match::id, Match::words));
        assertThat(grown).extracting(Match::id)
                .containsExactlyInAnyOrderElementsOf(scores.keySet());
        for (Match match : grown) {
            double twin = scores.getOrDefault(match.id(), Double.NaN);
            assertThat(match.words()).isCloseTo(twin, within(0.5 * twin));
        }
    }

    private static LearntConstraint anyConstraint(RandomGenerator random) {
        String trigger = "x" + random.nextInt(60);
        return Samples.learnt(new Constraint(trigger, "w" + trigger.length(), "avoiding"),
                words(random, 4));
    }

    private static String words(RandomGenerator random, int count) {
        return random.ints(count, 0, 40).mapToObj(word -> "w" + word)
                .collect(Collectors.joining(" "));
    }

    private void assertSearchIsRightAndTheIndexIsRepaired() {
        try (var store = MemoryStore.open(directory)) {
            assertThat(Samples.found(store, "baskets")).containsExactly(ITERATORS);
            assertThat(Samples.found(store, "orchard")).containsExactly(RECURSION);
        }
        try (var store = MemoryStore.open(directory)) {
            var index = Objects.requireNonNull(
                    new DiskIndex(directory, ConstraintDocument.analyzer(), Meanings.none())
                            .open(null));
            assertThat(index.reader().numDocs()).isEqualTo(store.constraints());
            index.close();
        } catch (IOException e) {
            throw new AssertionError("the index was not repaired", e);
        }
    }

    private void remember(LearntConstraint... constraints) {
        try (var store = MemoryStore.open(directory)) {
            List.of(constraints).forEach(store::learn);
            Samples.found(store, "anything");
        }
    }

    private List<Path> indexFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("index-v1"))) {
            return new ArrayList<>(files.toList());
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
