package dev.memcollab.model;

/// Constrained decoding: says of each token, by its text, whether it may come next.
///
/// Asked in the order of likelihood until enough tokens are found, so it should be cheap. The end
/// of the answer is asked as the empty text.
@FunctionalInterface
public interface TokenMask {
    TokenMask ANY = (soFar, next) -> true;

    /// Whether the token may come next.
    ///
    /// @param soFar what was generated before, without prompt and answer prefix
    /// @param next the text of the token in question; empty for the end of the answer
    boolean allows(String soFar, String next);
}
