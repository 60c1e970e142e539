package dev.memcollab.model;

import java.util.ArrayList;
import java.util.List;

/// Keeps how each answer of another model was to be decoded.
public final class OverheardLanguageModel extends ForwardingLanguageModel {
    private final List<Decoding> decodings = new ArrayList<>();

    public OverheardLanguageModel(LanguageModel model) {
        super(model);
    }

    public List<Decoding> decodings() {
        return decodings;
    }

    @Override
    public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
        decodings.add(decoding);
        return super.generate(prompt, decoding);
    }
}
