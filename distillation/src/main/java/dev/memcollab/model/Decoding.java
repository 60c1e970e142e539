package dev.memcollab.model;

import java.util.List;

/// How the next tokens are chosen.
///
/// @param maxTokens most tokens to generate, at least 1
/// @param temperature 0 is greedy; above it, tokens are drawn with `seed`
/// @param stops texts at which the answer ends; the stop itself is not part of the answer
/// @param mask which tokens may follow; [TokenMask#ANY] where all may
public record Decoding(int maxTokens, float temperature, long seed, List<String> stops,
        TokenMask mask) {
    public Decoding {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, got " + maxTokens);
        }
        if (!(temperature >= 0f && temperature <= 2f)) {
            throw new IllegalArgumentException(
                    "temperature must lie in [0, 2], got " + temperature);
        }
        stops = List.copyOf(stops);
    }

    public static Decoding greedy(int maxTokens) {
        return new Decoding(maxTokens, 0f, 0L, List.of(), TokenMask.ANY);
    }

    public static Decoding sampled(int maxTokens, float temperature, long seed) {
        return new Decoding(maxTokens, temperature, seed, List.of(), TokenMask.ANY);
    }

    public Decoding until(String... stops) {
        return new Decoding(maxTokens, temperature, seed, List.of(stops), mask);
    }

    public Decoding allowing(TokenMask mask) {
        return new Decoding(maxTokens, temperature, seed, stops, mask);
    }
}
