package dev.memcollab.bench;

import dev.memcollab.bench.LogisticFit.Sample;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.merge.Judge;
import dev.memcollab.merge.Sameness;
import dev.memcollab.merge.SlotNearness;
import dev.memcollab.merge.SlotNearness.Slots;
import dev.memcollab.merge.Verdict;
import dev.memcollab.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Measures which constraints are taken for the same: paraphrases should be, opposites and related
/// rules must not. What the model said is kept in a file, so that it can be gone on with.
public final class MergeBenchmark {
    private final List<MergePair> pairs;
    private final Embedder embedder;
    private final Path samples;
    private final Consumer<String> progress;
    private final Map<MergePair, SlotNearness> nearness = new HashMap<>();
    private final Map<String, Heard> heard = new HashMap<>();

    /// What the model said of a pair.
    record Heard(String id, Verdict verdict, double seconds) {}

    /// @param data the directory `benchmarks/data`
    /// @param samples what the model said so far, a JSON object a line; need not be there
    public MergeBenchmark(Path data, Embedder embedder, Path samples, Consumer<String> progress)
            throws IOException {
        this.pairs = MergePair.read(data);
        this.embedder = embedder;
        this.samples = samples;
        this.progress = progress;
        if (Files.exists(samples)) {
            read();
        }
    }

    private void read() throws IOException {
        for (String line : Files.readAllLines(samples)) {
            try {
                Heard each = JsonMapper.shared().readValue(line, Heard.class);
                heard.put(each.id(), each);
            } catch (JacksonException e) {
                throw new IOException(samples + " must have a JSON object a line, got: " + line, e);
            }
        }
    }

    /// Fits weights to the dev half, all pairs of which that are likely by their slots are asked about.
    public Sameness.Weights fit(LanguageModel model) throws IOException, InterruptedException {
        List<MergePair> dev = split("dev");
        var ofSlots = LogisticFit.fit(dev.stream()
                .map(pair -> new Sample(slots(pair).features(), pair.saysTheSame())).toList());
        var weights = new Sameness.Weights(ofSlots, Sameness.Weights.FITTED.ask(),
                Sameness.Weights.FITTED.ofAll(), 1);
        var asked = new ArrayList<Sample>();
        var different = new ArrayList<Sample>();
        for (MergePair pair : dev) {
            if (weights.asks(slots(pair))) {
                var sample = new Sample(sameness(pair, model).features(), pair.saysTheSame());
                asked.add(sample);
                if (!pair.saysTheSame()) {
                    different.add(sample);
                }
            }
        }
        var ofAll = LogisticFit.fit(asked);
        double most = different.stream()
                .mapToDouble(sample -> ofAll.probability(sample.features())).max().orElse(0);
        return new Sameness.Weights(ofSlots, weights.ask(), ofAll, (1 + most) / 2);
    }

    /// Decides about the test half.
    public Map<String, Object> measure(Sameness.Weights weights, LanguageModel model)
            throws IOException, InterruptedException {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", Machine.facts());
        facts.put("weights", weights);
        var rows = new ArrayList<Map<String, Object>>();
        var counts = new LinkedHashMap<String, Count>();
        for (MergePair pair : split("test")) {
            boolean asked = weights.asks(slots(pair));
            double probability = asked ? sameness(pair, model).probability(weights) : 0;
            boolean merged = asked && weights.merges(probability);
            counts.merge(pair.relation(), Count.of(asked, merged), Count::plus);
            if (asked) {
                rows.add(row(pair, probability, merged));
            }
        }
        facts.put("counts", counts);
        facts.put("asked", rows);
        return facts;
    }

    /// Pairs of one relation.
    record Count(int pairs, int asked, int merged) {
        private static Count of(boolean asked, boolean merged) {
            return new Count(1, asked ? 1 : 0, merged ? 1 : 0);
        }

        private Count plus(Count other) {
            return new Count(pairs + other.pairs, asked + other.asked, merged + other.merged);
        }
    }

    private Map<String, Object> row(MergePair pair, double probability, boolean merged) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", pair.id());
        row.put("relation", pair.relation());
        row.put("probability", Spread.rounded(probability));
        row.put("merged", merged);
        return row;
    }

    private List<MergePair> split(String split) {
        return pairs.stream().filter(pair -> pair.split().equals(split))
                .sorted(Comparator.comparing(MergePair::id)).toList();
    }

    private SlotNearness slots(MergePair pair) {
        return nearness.computeIfAbsent(pair, asked -> SlotNearness
                .of(Slots.of(asked.one(), embedder), Slots.of(asked.other(), embedder)));
    }

    private Sameness sameness(MergePair pair, LanguageModel model)
            throws IOException, InterruptedException {
        return new Sameness(slots(pair), verdict(pair, model));
    }

    private Verdict verdict(MergePair pair, LanguageModel model)
            throws IOException, InterruptedException {
        Heard known = heard.get(pair.id());
        if (known != null) {
            return known.verdict();
        }
        progress.accept("asking about " + pair.id());
        long begun = System.nanoTime();
        var said = new Heard(pair.id(),
                new Judge(model).verdict(pair.one(), pair.other()),
                (System.nanoTime() - begun) / 1e9);
        Files.writeString(samples, JsonMapper.shared().writeValueAsString(said) + "\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        heard.put(pair.id(), said);
        return said.verdict();
    }
}
