package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManyProcessesTest {
    @TempDir
    private Path directory;

    @Test
    void whatOneStoreAcknowledgesTheOtherSeesAtOnce() {
        try (var one = MemoryStore.open(directory); var two = MemoryStore.open(directory)) {
            for (int i = 0; i < 20; i++) {
                Trajectory run = Samples.run("by turns " + i);
                MemoryStore writer = i % 2 == 0 ? one : two;
                MemoryStore reader = i % 2 == 0 ? two : one;

                assertThat(writer.append(run)).isTrue();
                assertThat(reader.trajectory(run.id())).contains(run);
                assertThat(reader.append(run)).isFalse();

                writer.learn(Samples.learnt("a list is sorted in turn " + i, "word" + i));
                assertThat(reader.search(new Query("word" + i, Samples.PROJECT, null), 9))
                        .hasSize(1);
            }
        }
    }

    @Test
    void manyThreadsOnTwoStoresLoseAndDoubleNothing()
            throws InterruptedException, ExecutionException {
        try (var one = MemoryStore.open(directory);
                var two = MemoryStore.open(directory);
                var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> appends = IntStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(i -> () -> (i % 2 == 0 ? one : two)
                            .append(Samples.run("run " + i / 2)))
                    .toList();
            int fresh = 0;
            for (var appended : threads.invokeAll(appends)) {
                fresh += appended.get() ? 1 : 0;
            }

            assertThat(fresh).isEqualTo(200);
            assertThat(one.trajectories()).isEqualTo(200);
            assertThat(two.pending()).hasSize(200);
        }
    }

    @Test
    void fourProcessesWithAHundredRunsEachLoseAndDoubleNothing() throws IOException {
        var acknowledged = new ArrayList<String>();
        try (var a = child("a", 100);
                var b = child("b", 100);
                var c = child("c", 100);
                var d = child("d", 100)) {
            for (ChildProcess child : List.of(a, b, c, d)) {
                acknowledged.addAll(child.lines());
            }
        }

        assertThat(acknowledged).hasSize(400).doesNotHaveDuplicates();
        assertAllThereOnce(acknowledged, 400 + 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverIsKilledWhatWasAcknowledgedIsThereOnce(long seed)
            throws IOException, InterruptedException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var acknowledged = new ArrayList<String>();
        try (var survivor = child("survivor", 100); var victim = child("victim", 100_000)) {
            acknowledged.add(victim.line());
            Thread.sleep(random.nextInt(400));
            victim.kill();
            acknowledged.addAll(victim.lines());
            acknowledged.addAll(survivor.lines());
        }

        assertAllThereOnce(acknowledged, -1);
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }

    private ChildProcess child(String name, int runs) throws IOException {
        return ChildProcess.start(RecordingChild.class, directory, name, runs);
    }

    /// @param expected runs in all; below 0 where a killed process leaves it open
    private void assertAllThereOnce(List<String> acknowledged, int expected) throws IOException {
        try (var store = MemoryStore.open(directory)) {
            List<String> ids = store.pending().stream().map(Trajectory::id).toList();
            assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).containsAll(acknowledged);
            assertThat(store.status().damaged()).isEmpty();
            assertThat(store.append(Samples.run("after all"))).isTrue();
            if (expected >= 0) {
                assertThat(ids).hasSize(expected);
                assertThat(store.all()).hasSize(1).first()
                        .matches(learnt -> learnt.support() == 40);
            }
            String journal = Files.readString(Samples.journal(directory));
            assertThat(ids).allMatch(id -> journal.split("\"id\":\"" + id, -1).length == 2);
        }
    }
}
