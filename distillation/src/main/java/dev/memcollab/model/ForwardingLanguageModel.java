package dev.memcollab.model;

import java.util.List;

/// A model that lets another do all that is not overridden. Closing it closes the other.
public abstract class ForwardingLanguageModel implements LanguageModel {
    private final LanguageModel model;

    protected ForwardingLanguageModel(LanguageModel model) {
        this.model = model;
    }

    protected final LanguageModel model() {
        return model;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int contextTokens() {
        return model.contextTokens();
    }

    @Override
    public int countTokens(Prompt prompt) {
        return model.countTokens(prompt);
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
        return model.generate(prompt, decoding);
    }

    @Override
    public List<Score> score(Prompt prompt, List<String> continuations)
            throws InterruptedException {
        return model.score(prompt, continuations);
    }

    @Override
    public void close() {
        model.close();
    }
}
