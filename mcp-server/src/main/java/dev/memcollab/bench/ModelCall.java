package dev.memcollab.bench;

import dev.memcollab.jlama.TokenCounts;
import dev.memcollab.model.ModelRole;

/// One call to a model of the pair.
///
/// @param asked the first sentence of the system message, which tells what the call is for
/// @param tokens written, or scored
public record ModelCall(ModelRole role, Kind kind, String asked, TokenCounts counts, int tokens,
        long nanos) {
    /// What was asked of a model.
    public enum Kind {
        GENERATE, SCORE
    }

    double seconds() {
        return nanos / 1e9;
    }
}
