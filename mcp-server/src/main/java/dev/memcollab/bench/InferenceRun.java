package dev.memcollab.bench;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.InferenceBenchmark.Sizes;
import dev.memcollab.jlama.MachinePeak;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Measures models, each with several numbers of threads, against the peaks of this machine.
public final class InferenceRun {
    /// What the numbers mean.
    private static final String COUNTED = "Operations: 2 a weight of the layers' matrices for each token, and 2"
            + " a weight of the head for each token whose logits are computed, which in prefill is"
            + " the last; attention, norms, biases and drafted tokens that were refused are not"
            + " counted. Bytes: the tensors of the layers, the last norm and the head, scales"
            + " included, once a pass, in decode and draft. Peaks, in registers: fused multiply-adds"
            + " of floats (fma), multiplications and additions of 16-bit numbers (short), each pair"
            + " two operations; and 256 MB read in order. A product of many rows is of 16-bit"
            + " numbers where weights have four to six bits, the others are of floats.";
    private static final long WARM_NANOS = Duration.ofSeconds(2).toNanos();
    /// By then a phase is warm, however short it is.
    private static final int WARM_TIMES = 100;

    private final Sizes sizes;
    private final int rounds;
    private final Program program;
    private final Consumer<String> progress;
    private final Map<Integer, MachinePeak> peaks = new TreeMap<>();

    /// How the program is called to be an [InferenceChild].
    @FunctionalInterface
    public interface Program {
        List<String> arguments(String model, int threads);
    }

    /// Prepares a measurement.
    ///
    /// @param rounds how often each phase is measured, once it is warm
    public InferenceRun(Sizes sizes, int rounds, Program program, Consumer<String> progress) {
        this.sizes = sizes;
        this.rounds = rounds;
        this.program = program;
        this.progress = progress;
    }

    /// Measures, a JVM for each model and number of threads.
    public List<InferenceMeasurement> measure(List<String> models, List<Integer> threads)
            throws IOException, InterruptedException {
        var measured = new ArrayList<InferenceMeasurement>();
        for (String model : models) {
            for (int count : threads) {
                measured.addAll(measure(model, count));
            }
        }
        return measured;
    }

    private List<InferenceMeasurement> measure(String model, int threads)
            throws IOException, InterruptedException {
        String what = "%s with %d thread%s".formatted(model, threads, threads == 1 ? "" : "s");
        progress.accept("loading " + what);
        try (var jvm = InferenceJvm.start(what, program.arguments(model, threads))) {
            MachinePeak peak = peak(jvm, threads);
            progress.accept("warming up " + what);
            for (Phase phase : Phase.values()) {
                warmUp(jvm, phase);
            }
            var samples = new LinkedHashMap<Phase, List<Sample>>();
            for (int round = 1; round <= rounds; round++) {
                progress.accept("%s: round %d of %d".formatted(what, round, rounds));
                for (Phase phase : Phase.values()) {
                    samples.computeIfAbsent(phase, _ -> new ArrayList<>())
                            .add(jvm.measure(phase));
                }
            }
            return samples.entrySet().stream()
                    .map(entry -> new InferenceMeasurement(model, threads, entry.getKey(),
                            jvm.weights(), peak, entry.getValue()))
                    .toList();
        }
    }

    private MachinePeak peak(InferenceJvm jvm, int threads) throws IOException {
        MachinePeak known = peaks.get(threads);
        if (known != null) {
            return known;
        }
        progress.accept("measuring the peaks of this machine, threads: " + threads);
        MachinePeak found = jvm.peak();
        peaks.put(threads, found);
        return found;
    }

    private static void warmUp(InferenceJvm jvm, Phase phase) throws IOException {
        long begun = System.nanoTime();
        int times = 0;
        do {
            jvm.measure(phase);
            times++;
        } while (times < WARM_TIMES && System.nanoTime() - begun < WARM_NANOS);
    }

    /// The measurements and what they were made on.
    public Map<String, Object> facts(List<InferenceMeasurement> measured) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", Machine.facts());
        facts.put("tokens", sizes);
        facts.put("rounds", rounds);
        facts.put("counted", COUNTED);
        facts.put("peaks", peaks.entrySet().stream().map(InferenceRun::peakFacts).toList());
        var runs = new ArrayList<Map<String, Object>>();
        for (InferenceMeasurement each : measured) {
            if (each.phase() == Phase.PREFILL) {
                runs.add(new LinkedHashMap<>(Map.of("model", each.model())));
                runs.getLast().put("threads", each.threads());
                runs.getLast().put("weights", each.weights());
            }
            runs.getLast().put(InferenceChild.word(each.phase()), each.facts());
        }
        facts.put("runs", runs);
        return facts;
    }

    private static Map<String, Object> peakFacts(Map.Entry<Integer, MachinePeak> peak) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("threads", peak.getKey());
        facts.put("fma_gflops", Spread.rounded(peak.getValue().gigaflops()));
        facts.put("short_gops", Spread.rounded(peak.getValue().shortGigaops()));
        facts.put("read_gb_per_second", Spread.rounded(peak.getValue().gigabytes()));
        return facts;
    }
}
