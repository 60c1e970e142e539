package dev.memcollab.model;

/// What a model said.
///
/// @param text the answer without its prefix and without the stop that ended it
/// @param promptTokens tokens of the prompt, reused ones included
/// @param tokens tokens generated
public record Generation(String text, int promptTokens, int tokens, End end) {
    /// Why an answer ended.
    public enum End {
        /// The model ended its turn.
        TURN,
        /// A stop text was reached.
        STOP,
        /// `maxTokens` or the context was used up.
        LENGTH,
        /// The mask allowed no token.
        MASK
    }
}
