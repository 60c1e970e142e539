package dev.memcollab.experiment;

import dev.memcollab.model.Decoding;
import dev.memcollab.model.ForwardingLanguageModel;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;

/// A model that draws where it would be greedy: the other sample of self-contrast, or one of several of
/// an evaluation.
final class Sampled extends ForwardingLanguageModel {
    private static final float TEMPERATURE = 0.7f;

    private final long seed;

    Sampled(LanguageModel model, long seed) {
        super(model);
        this.seed = seed;
    }

    @Override
    public String name() {
        return "%s, seed %d".formatted(super.name(), seed);
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
        return super.generate(prompt, decoding.temperature() > 0
                ? decoding
                : new Decoding(decoding.maxTokens(), TEMPERATURE, seed, decoding.stops(),
                        decoding.mask()));
    }
}
