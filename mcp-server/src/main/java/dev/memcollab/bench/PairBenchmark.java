package dev.memcollab.bench;

import dev.memcollab.bench.PairRound.Listener;
import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.Settings;
import dev.memcollab.server.Wiring;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Times how one pair of recorded runs becomes constraints: contrasted, stated, filtered and checked
/// by both models.
///
/// Each round has an empty memory and opens the models anew, outside of what is timed: a warm
/// program that knows nothing of the pair.
public final class PairBenchmark {
    private final int rounds;
    private final Consumer<String> progress;

    /// Prepares a measurement.
    ///
    /// @param rounds how often the pair is distilled, after once to warm up
    public PairBenchmark(int rounds, Consumer<String> progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    /// A home for each round, empty but for its settings.
    @FunctionalInterface
    public interface Homes {
        Wiring next() throws IOException;
    }

    /// Distils the bundled pair.
    public List<PairRound> measure(Homes homes) throws IOException, InterruptedException {
        progress.accept("warming up");
        round(homes.next());
        var measured = new ArrayList<PairRound>();
        for (int round = 1; round <= rounds; round++) {
            progress.accept("round %d of %d".formatted(round, rounds));
            measured.add(round(homes.next()));
        }
        return List.copyOf(measured);
    }

    private PairRound round(Wiring wiring) throws InterruptedException {
        List<Trajectory> runs = RecordedPair.bundled().trajectories();
        Settings settings = wiring.settings();
        var calls = new ArrayList<ModelCall>();
        try (MemoryStore store = wiring.store();
                var weak = new TimedModel(wiring.model(settings.weak()), ModelRole.WEAK,
                        calls::add);
                var strong = new TimedModel(wiring.model(settings.strong()), ModelRole.STRONG,
                        calls::add)) {
            runs.forEach(store::append);
            var listener = new Listener(progress);
            Distiller distiller = wiring.distiller(store, listener::heard);
            distiller.distil(runs.getLast(), new ModelPair(weak, strong));
            return listener.ended(calls);
        }
    }

    /// The rounds and what they were made on.
    public static Map<String, Object> facts(List<PairRound> rounds) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", Machine.facts());
        facts.put("seconds", spread(rounds, PairRound::seconds));
        facts.put("first_candidate_checked_seconds", spread(rounds, PairRound::firstChecked));
        facts.put("rounds", rounds.stream().map(PairRound::facts).toList());
        return facts;
    }

    private static Map<String, Object> spread(List<PairRound> rounds,
            Function<PairRound, Double> time) {
        return new Spread(rounds.stream().map(time).toList()).facts();
    }
}
