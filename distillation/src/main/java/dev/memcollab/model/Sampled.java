package dev.memcollab.model;

/// A model that draws where it would be greedy, at temperature 0.7: another sample of what it can say.
public final class Sampled extends ForwardingLanguageModel {
    private static final float TEMPERATURE = 0.7f;

    private final long seed;

    public Sampled(LanguageModel model, long seed) {
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
