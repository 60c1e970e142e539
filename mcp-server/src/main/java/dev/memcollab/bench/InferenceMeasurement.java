package dev.memcollab.bench;

import dev.memcollab.jlama.InferenceBenchmark.Phase;
import dev.memcollab.jlama.InferenceBenchmark.Sample;
import dev.memcollab.jlama.MachinePeak;
import dev.memcollab.jlama.WeightCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    public double gigaops() {
        return median(sample -> weights.operations(sample.tokens(), sample.logits())
                / seconds(sample) / 1e9);
    }

    /// Of the peak with floats; more than 1 where whole numbers are multiplied.
    public double shareOfFloats() {
        return gigaops() / peak.gigaflops();
    }

    /// Of the peak with 16-bit numbers.
    public double shareOfShorts() {
        return gigaops() / peak.shortGigaops();
    }

    /// Whether all weights are read for each pass, and few tokens share them.
    public boolean readsAllWeights() {
        return switch (phase) {
            case DECODE, DRAFT -> true;
            case PREFILL, SCORE -> false;
        };
    }

    /// 10⁹ bytes of weights a second, in the median round, where each pass reads all weights.
    public double gigabytes() {
        return readsAllWeights()
                ? median(sample -> sample.passes() * weights.bytes() / seconds(sample) / 1e9)
                : 0;
    }

    /// Tokens that came of a run of the network, in the median round.
    public double tokensPerPass() {
        return median(sample -> (double) sample.tokens() / sample.passes());
    }

    public double shareOfBytes() {
        return gigabytes() / peak.gigabytes();
    }

    /// Bytes of heap, in the median round.
    public double allocatedPerToken() {
        return median(sample -> (double) sample.allocated() / sample.tokens());
    }

    private double median(Function<Sample, Double> of) {
        return new Spread(samples.stream().map(of).toList()).median();
    }

    private static double seconds(Sample sample) {
        return sample.nanos() / 1e9;
    }

    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tokens_per_second", tokensPerSecond().facts());
        facts.put("tokens_per_pass", Spread.rounded(tokensPerPass()));
        facts.put("gops", Spread.rounded(gigaops()));
        facts.put("share_of_fma_peak", Spread.rounded(shareOfFloats()));
        facts.put("share_of_short_peak", Spread.rounded(shareOfShorts()));
        if (readsAllWeights()) {
            facts.put("gb_per_second", Spread.rounded(gigabytes()));
            facts.put("share_of_read_peak", Spread.rounded(shareOfBytes()));
        }
        facts.put("allocated_bytes_per_token", Math.round(allocatedPerToken()));
        return facts;
    }
}
