package dev.memcollab.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Durations of one kind, in nanoseconds.
final class Samples {
    private final double[] nanos;
    private int count;

    Samples(int size) {
        this.nanos = new double[size];
    }

    void add(long nanoseconds) {
        nanos[count++] = nanoseconds;
    }

    /// Their percentiles in milliseconds.
    Map<String, Object> milliseconds() {
        double[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        var percentiles = new LinkedHashMap<String, Object>();
        percentiles.put("count", count);
        for (int percent : new int[]{50, 95, 99, 100}) {
            int rank = (int) Math.ceil(percent / 100.0 * count) - 1;
            percentiles.put(percent == 100 ? "max_ms" : "p%d_ms".formatted(percent),
                    Math.round(sorted[Math.max(0, rank)] / 1e3) / 1e3);
        }
        return percentiles;
    }
}
