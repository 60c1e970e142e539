package dev.memcollab.jlama;

/// What a model has been spared and what it has done.
///
/// @param known tokens of prompts that it had read before
/// @param read tokens that went through the network: of prompts, answers and continuations
public record TokenCounts(long known, long read) {
    /// What came after an earlier count.
    public TokenCounts since(TokenCounts earlier) {
        return new TokenCounts(known - earlier.known, read - earlier.read);
    }

    public TokenCounts plus(TokenCounts other) {
        return new TokenCounts(known + other.known, read + other.read);
    }
}
