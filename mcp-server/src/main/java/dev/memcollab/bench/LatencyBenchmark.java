package dev.memcollab.bench;

import dev.memcollab.bench.ServedRecall.Recalled;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Replay;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.Redaction;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Times recall as a client does, over stdio, with memories of some sizes: constraints put together of
/// the slots of others, and tasks as engineers give them.
public final class LatencyBenchmark {
    private static final long SEED = 6;
    private static final int WARM_UP = 300;
    private static final int PATIENCE_SECONDS = 300;

    private final RecallData data;
    private final Embedder embedder;
    private final int calls;
    private final Consumer<String> progress;

    /// @param data the directory `benchmarks/data`
    /// @param calls that are timed at each size
    public LatencyBenchmark(Path data, Embedder embedder, int calls, Consumer<String> progress)
            throws IOException {
        this.data = RecallData.read(data, "dev");
        this.embedder = new RememberingEmbedder(embedder);
        this.calls = calls;
        this.progress = progress;
    }

    /// Lets a memory grow to each of the sizes in turn; one that is larger already is timed as it is.
    ///
    /// @param home empty, or what an earlier measurement left
    /// @param sizes ascending
    public Map<String, Object> measure(Home home, List<Integer> sizes)
            throws IOException, InterruptedException {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", Machine.facts());
        facts.put("seed", SEED);
        var rows = new ArrayList<Map<String, Object>>();
        for (int size : sizes) {
            rows.add(timed(home.root(), filled(home.memory(), size)));
        }
        facts.put("sizes", rows);
        return facts;
    }

    /// How many constraints there are then.
    private int filled(Path memory, int size) throws InterruptedException {
        try (var store = MemoryStore.open(memory, Clock.systemUTC(), new Redaction(),
                () -> Optional.of(embedder))) {
            BulkLearning.learn(store, IntStream.range(store.constraints(), size)
                    .mapToObj(this::constraint).toList(), progress);
            store.embedAll(left -> progress.accept("%d constraints to embed".formatted(left)));
            return store.constraints();
        }
    }

    /// Verified, since only what is borne out is shown.
    private LearntConstraint constraint(int number) {
        RandomGenerator random = random(number);
        Constraint when = any(data.constraints(), random).constraint();
        Constraint enforce = any(data.constraints(), random).constraint();
        LearntConstraint avoid = any(data.constraints(), random);
        var constraint = new Constraint(when.when(), "%s, case %d".formatted(enforce.enforce(),
                number), avoid.constraint().avoid());
        var source = new Source(ContrastKind.LOCAL_PAIR,
                any(any(data.topics(), random).sources(), random),
                List.of("t-" + number), "weak", "strong");
        var evidence = new Evidence(List.of(),
                List.of(new Replay(ModelRole.WEAK, "weak", "t-" + number, true, false, 0, 0)));
        return LearntConstraint.of(constraint,
                new Scope(RecallData.PROJECT, avoid.scope().category()), source, evidence,
                Instant.EPOCH.plusSeconds(number));
    }

    private static RandomGenerator random(int number) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + number);
    }

    private static <T> T any(List<T> some, RandomGenerator random) {
        return some.get(random.nextInt(some.size()));
    }

    private Map<String, Object> timed(Path home, int size)
            throws IOException, InterruptedException {
        progress.accept("recalling from " + size);
        List<String> tasks = Stream.concat(
                data.topics().stream().flatMap(topic -> topic.tasks().stream()),
                data.outside().stream().map(RecallData.Outside::task)).toList();
        var row = new LinkedHashMap<String, Object>();
        row.put("constraints", size);
        RandomGenerator random = random(0);
        try (var server = ServedRecall.start(home)) {
            awaitMeaning(server);
            for (int i = 0; i < WARM_UP; i++) {
                server.recall(any(tasks, random));
            }
            row.put("load_average_before", Machine.load());
            var samples = new Samples(calls);
            int lines = 0;
            for (int i = 0; i < calls; i++) {
                Recalled recalled = server.recall(any(tasks, random));
                samples.add(recalled.nanoseconds());
                lines += recalled.content().get("constraints").size();
            }
            row.put("recall", samples.milliseconds());
            row.put("lines_a_call", Spread.rounded((double) lines / calls));
            row.put("load_average_after", Machine.load());
        }
        return row;
    }

    /// Until then words alone are compared, which is faster.
    private static void awaitMeaning(ServedRecall server) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            if (server.recall("Sort the words").content().get("compared_by").stringValue()
                    .equals("meaning")) {
                return;
            }
            Thread.sleep(1_000);
        }
        throw new IOException("the server has no embedder");
    }
}
