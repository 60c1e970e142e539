package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.embedding.WordBagEmbedder;
import dev.memcollab.recall.ConstraintMeaning;
import dev.memcollab.trajectory.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeaningSearchTest {
    private static final LearntConstraint ITERATORS = Samples
            .learnt("elements are removed while a collection is walked", "expire old baskets");
    private static final LearntConstraint RECURSION = Samples.learnt("a function calls itself",
            "visit the orchard");
    private static final String NO_WORD_OF_IT = "zzz";

    private final CountingEmbedder embedder = new CountingEmbedder("first", new AtomicInteger());

    @TempDir
    private Path directory;

    @Test
    void whatSharesNoWordIsFoundByItsMeaning() {
        try (var store = open(embedder)) {
            store.learn(ITERATORS);
            store.learn(RECURSION);

            List<Match> found = store.search(meaning("a function calls itself", embedder), 1);

            assertThat(found).singleElement().satisfies(match -> {
                assertThat(match.id()).isEqualTo(RECURSION.id());
                assertThat(match.words()).isZero();
                assertThat(match.nearness().orElseThrow()).isEqualTo(
                        embedder.embed("a function calls itself")
                                .cosine(ConstraintMeaning.of(RECURSION, embedder)),
                        within(1e-5));
            });
        }
    }

    @Test
    void whatIsFoundByWordsIsComparedByMeaningToo() {
        try (var store = open(embedder)) {
            store.learn(ITERATORS);
            store.learn(RECURSION);

            List<Match> found = store.search(new Query("orchard", Samples.PROJECT, null,
                    embedder.embed("elements are removed")), 1);

            assertThat(found).extracting(Match::id)
                    .containsExactly(RECURSION.id(), ITERATORS.id());
            assertThat(found).allSatisfy(match -> assertThat(match.nearness()).isPresent());
            assertThat(found.getFirst().words()).isPositive();
        }
    }

    @Test
    void whatIsNearButSharesFewerWordsKeepsItsScoreOfWords() {
        try (var store = open(embedder)) {
            store.learn(ITERATORS);
            store.learn(RECURSION);
            var query = new Query("orchard function itself basket", Samples.PROJECT, null,
                    embedder.embed("expire old baskets"));

            double first = wordsOf(ITERATORS, store.search(query, 1));

            assertThat(first).isPositive()
                    .isEqualTo(wordsOf(ITERATORS, store.search(query, 10)), within(1e-6));
        }
    }

    private static double wordsOf(LearntConstraint learnt, List<Match> matches) {
        return matches.stream().filter(match -> match.id().equals(learnt.id()))
                .mapToDouble(Match::words).findFirst().orElseThrow();
    }

    @Test
    void anotherProjectsConstraintsAreNotNear() {
        try (var store = open(embedder)) {
            store.learn(RECURSION);

            assertThat(store.search(new Query(NO_WORD_OF_IT, new Project("bank"), null,
                    embedder.embed("a function calls itself")), 5)).isEmpty();
        }
    }

    @Test
    void withoutAnEmbedderWordsAnswerAlone() {
        try (var store = MemoryStore.open(directory)) {
            store.learn(RECURSION);

            assertThat(store.search(new Query("orchard", Samples.PROJECT, null,
                    embedder.embed("a function calls itself")), 5)).singleElement()
                    .satisfies(match -> assertThat(match.nearness()).isEmpty());
        }
    }

    @Test
    void anEmbedderThatComesLateFindsAllMeanings() throws InterruptedException {
        var late = new AtomicReference<Embedder>();
        try (var store = MemoryStore.open(directory, Clock.systemUTC(), new Redaction(),
                () -> Optional.ofNullable(late.get()))) {
            IntStream.range(0, 100).forEach(i -> store.learn(
                    Samples.learnt("trigger number" + i, "task number" + i)));
            assertThat(store.search(new Query("trigger", Samples.PROJECT, null), 100))
                    .hasSize(100);

            late.set(embedder);

            eventually(store, new Query("trigger", Samples.PROJECT, null,
                    embedder.embed("trigger")), 100, MeaningSearchTest::allNear);
        }
    }

    @Test
    void whoHasTheTimeEmbedsAllAtOnce() {
        try (var store = open(embedder)) {
            IntStream.range(0, 100).forEach(i -> store.learn(
                    Samples.learnt("trigger number" + i, "task number" + i)));

            var left = new ArrayList<Integer>();
            store.embedAll(left::add);

            assertThat(left).containsExactly(100);
            assertThat(store.search(new Query("trigger", Samples.PROJECT, null,
                    embedder.embed("trigger")), 100)).hasSize(100)
                    .allSatisfy(match -> assertThat(match.nearness()).isPresent());
        }
    }

    @Test
    void anotherEmbedderIsNeverComparedWithTheFirst() throws InterruptedException {
        try (var store = open(embedder)) {
            store.learn(ITERATORS);
            store.learn(RECURSION);
            eventually(store, meaning("orchard", embedder), 2, found -> found.size() == 2);
        }
        var second = new CountingEmbedder("second", new AtomicInteger());
        try (var store = open(second)) {
            eventually(store, meaning("orchard", second), 2, found -> found.size() == 2);

            assertThat(second.calls().get()).isPositive();
        }
    }

    @Test
    void whatIsOnDiskIsNotEmbeddedAgain() throws InterruptedException {
        try (var store = open(embedder)) {
            IntStream.range(0, 70).forEach(i -> store.learn(
                    Samples.learnt("trigger number" + i, "task number" + i)));
            eventually(store, meaning("trigger", embedder), 70, found -> found.size() == 70);
            store.forget(new Forgettable.OneConstraint(
                    Samples.learnt("trigger number7", "task number7").id()));
        }
        var again = new CountingEmbedder("first", new AtomicInteger());
        try (var store = open(again)) {
            eventually(store, meaning("trigger", again), 70, found -> found.size() == 69);

            assertThat(again.calls().get()).as("calls beside the queries' own")
                    .isLessThan(10);
        }
    }

    @Test
    void whatIsNearStaysSoWhileItIsMovedToDisk() throws InterruptedException {
        try (var store = open(embedder)) {
            for (int learnt = 1; learnt <= 70; learnt++) {
                store.learn(Samples.learnt("trigger number" + learnt, "task number" + learnt));
                assertThat(store.search(meaning("trigger", embedder), 70)).hasSize(learnt);
            }
            for (int again = 0; again < 50; again++) {
                Thread.sleep(5);
                assertThat(store.search(meaning("trigger", embedder), 70)).hasSize(70);
            }
        }
    }

    private static boolean allNear(List<Match> matches) {
        return !matches.isEmpty()
                && matches.stream().allMatch(match -> match.nearness().isPresent());
    }

    private static List<Match> eventually(MemoryStore store, Query query, int limit,
            Predicate<List<Match>> reached) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        List<Match> found = store.search(query, limit);
        while (!reached.test(found) && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
            found = store.search(query, limit);
        }
        assertThat(reached.test(found)).as("reached by %s", found).isTrue();
        return found;
    }

    private static Query meaning(String text, Embedder by) {
        return new Query(NO_WORD_OF_IT, Samples.PROJECT, null, by.embed(text));
    }

    private MemoryStore open(Embedder by) {
        return MemoryStore.open(directory, Clock.systemUTC(), new Redaction(),
                () -> Optional.of(by));
    }

    /// Counts what is asked of it.
    private record CountingEmbedder(String name, AtomicInteger calls) implements Embedder {
        private static final Embedder WORDS = new WordBagEmbedder();

        @Override
        public int dimensions() {
            return WORDS.dimensions();
        }

        @Override
        public Embedding embed(String text) {
            calls.incrementAndGet();
            return WORDS.embed(text);
        }
    }
}
