package dev.memcollab.bench;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.MachinePeak;
import dev.memcollab.jlama.WeightCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was measured of one phase of one model with one number of threads.
///
/// @param peak what the machine can do with as many threads
/// @param samples one a round
public record InferenceMeasurement(String model, int threads, Phase phase, WeightCount weights,
        MachinePeak peak, List<Sample> samples) {
    public InferenceMeasurement {
        samples = List.copyOf(samples);
    }

    public Spread tokensPerSecond() {
        return new Spread(samples.stream().map(sample -> sample.tokens() / seconds(sample))
                .toList());
    }

    /// 10⁹ operations a second, in the median round.
    public double gigaflops() {
        return new Spread(samples.stream()
                .map(sample -> weights.operations(sample.tokens(), sample.logits())
                        / seconds(sample) / 1e9)
                .toList()).median();
    }

    public double shareOfFlops() {
        return gigaflops() / peak.gigaflops();
    }

    /// 10⁹ bytes of weights a second, in the median round, where each token reads all weights.
    public double gigabytes() {
        return phase == Phase.DECODE ? tokensPerSecond().median() * weights.bytes() / 1e9 : 0;
    }

    public double shareOfBytes() {
        return gigabytes() / peak.gigabytes();
    }

    /// Bytes of heap, in the median round.
    public double allocatedPerToken() {
        return new Spread(samples.stream()
                .map(sample -> (double) sample.allocated() / sample.tokens()).toList()).median();
    }

    private static double seconds(Sample sample) {
        return sample.nanos() / 1e9;
    }

    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tokens_per_second", tokensPerSecond().facts());
        facts.put("gflops", Spread.rounded(gigaflops()));
        facts.put("share_of_fma_peak", Spread.rounded(shareOfFlops()));
        if (phase == Phase.DECODE) {
            facts.put("gb_per_second", Spread.rounded(gigabytes()));
            facts.put("share_of_read_peak", Spread.rounded(shareOfBytes()));
        }
        facts.put("allocated_bytes_per_token", Math.round(allocatedPerToken()));
        return facts;
    }
}
