package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four processes at a time on one store, killed at random moments, again and again: 100 times, or
/// as often as the profile `soak` says, each hundred on a new home.
class KillsTest {
    private static final int KILLS = Integer.getInteger("memcollab.kills", 100);
    private static final int KILLS_A_HOME = 100;
    private static final int AT_ONCE = 4;
    private static final int SHORT_LIFE_MILLIS = 500;
    private static final int LONG_LIFE_MILLIS = 3000; // enough to forget something
    private static final long SEED = Long.getLong("memcollab.seed", System.nanoTime());
    private static final String ID_OF_RUN = "\"id\":\"";
    private static final Pattern RUN_WRITTEN = Pattern.compile(ID_OF_RUN + "t-[0-9a-f]+");
    private static final System.Logger LOG = System.getLogger(KillsTest.class.getName());

    @TempDir
    private Path directory;

    @Test
    void whateverIsKilledWhatWasAcknowledgedIsThereOnceAndWhatWasForgottenIsNot()
            throws IOException, InterruptedException, ExecutionException {
        int forgotten = 0;
        for (int done = 0; done < KILLS; done += KILLS_A_HOME) {
            Path home = directory.resolve("home-" + done);
            var hammering = new Hammering(home, SEED + done);
            int kills = Math.min(KILLS_A_HOME, KILLS - done);
            hammering.kill(kills, 1);
            // On a busy machine nobody may have lived long enough to forget anything.
            for (int longer = 2; hammering.forgotten.isEmpty() && longer <= 16; longer *= 2) {
                hammering.kill(AT_ONCE, longer);
            }
            hammering.assertNothingLost();
            LOG.log(System.Logger.Level.INFO, "{0} kills of {1}: {2}", done + kills, KILLS,
                    hammering);
            forgotten += hammering.forgotten.size();
        }
        assertThat(forgotten).isPositive();
    }

    private static List<String> asWritten(Set<String> ids) {
        return ids.stream().map(id -> ID_OF_RUN + id).toList();
    }

    /// What the killed processes of one home said.
    private static final class Hammering {
        private final Path home;
        private final long seed;
        private final Set<String> kept = new HashSet<>();
        private final Set<String> doubtful = new HashSet<>(); // killed while they were forgotten
        private final Set<String> forgotten = new HashSet<>();
        private final AtomicInteger kills = new AtomicInteger();

        Hammering(Path home, long seed) {
            this.home = home;
            this.seed = seed;
        }

        /// @param longer how many times as long as usual each may live
        void kill(int times, int longer) throws InterruptedException, ExecutionException {
            kills.set(0);
            try (var slots = Executors.newFixedThreadPool(AT_ONCE)) {
                var all = new ArrayList<Callable<Boolean>>();
                for (int slot = 0; slot < AT_ONCE; slot++) {
                    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                            .create(seed + slot);
                    String name = "s" + slot + "x" + longer;
                    all.add(() -> killOneByOne(name, random, times, longer));
                }
                for (Future<Boolean> done : slots.invokeAll(all)) {
                    done.get();
                }
            }
        }

        private boolean killOneByOne(String name, RandomGenerator random, int times,
                int longer)
                throws IOException, InterruptedException {
            for (int life = 0; kills.getAndIncrement() < times; life++) {
                var said = new ArrayList<String>();
                try (var child = ChildProcess.start(HammeringChild.class, home,
                        name + "-" + life + "-")) {
                    said.add(child.line());
                    Thread.sleep((long) longer * random.nextInt(
                            random.nextInt(4) > 0 ? SHORT_LIFE_MILLIS : LONG_LIFE_MILLIS));
                    child.kill();
                    said.addAll(child.lines());
                }
                take(said);
            }
            return true;
        }

        private synchronized void take(List<String> said) {
            for (String line : said) {
                int blank = line.indexOf(' ');
                String id = line.substring(blank + 1);
                switch (line.substring(0, Math.max(0, blank))) {
                    case "kept" -> kept.add(id);
                    case "forgetting" -> doubtful.add(id);
                    case "forgotten" -> forgotten.add(id);
                    default -> throw new AssertionError("seed %d: %s".formatted(seed, line));
                }
            }
        }

        void assertNothingLost() throws IOException {
            doubtful.removeAll(forgotten);
            kept.removeAll(forgotten);
            kept.removeAll(doubtful);
            assertThat(kept).as("seed %d", seed).hasSizeGreaterThan(AT_ONCE);
            try (var store = MemoryStore.open(home)) {
                store.append(Samples.run("after all")); // carries out what a killed process began
                List<String> ids = store.pending().stream().map(Trajectory::id).toList();
                assertThat(ids).as("seed %d", seed).doesNotHaveDuplicates().containsAll(kept)
                        .doesNotContainAnyElementsOf(forgotten);
                assertThat(store.status().damaged()).as("seed %d", seed).isEmpty();
                for (LearntConstraint learnt : store.all()) {
                    assertThat(learnt.sources()).as("seed %d", seed).doesNotHaveDuplicates();
                    assertThat(Samples.found(store, learnt.constraint().when())).contains(learnt);
                }
            }
            Set<String> written = RawBytes.in(home).matches(RUN_WRITTEN);
            assertThat(written).as("seed %d", seed).containsAll(asWritten(kept))
                    .doesNotContainAnyElementsOf(asWritten(forgotten));
        }

        @Override
        public String toString() {
            return "%d runs kept, %d forgotten, %d killed while being forgotten"
                    .formatted(kept.size(), forgotten.size(), doubtful.size());
        }
    }
}
