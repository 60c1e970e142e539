package dev.memcollab.model;

/// A prompt, with the answer asked of it, does not fit the model's context.
public class PromptTooLongException extends ModelFailedException {
    private static final long serialVersionUID = 1L;

    public PromptTooLongException(String model, int tokens, int contextTokens) {
        super("%s: %d tokens do not fit a context of %d".formatted(model, tokens, contextTokens));
    }
}
