package dev.memcollab.embedding;

import dev.memcollab.language.Concepts;

/// An embedder that knows no meaning, only which concepts a text has.
public final class WordBagEmbedder implements Embedder {
    private static final int DIMENSIONS = 64;

    @Override
    public String name() {
        return "word-bag";
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public Embedding embed(String text) {
        var sum = new float[DIMENSIONS];
        sum[0] = 0.01f;
        Concepts.of(text).forEach(concept -> sum[Math.floorMod(concept.hashCode(), DIMENSIONS)]++);
        return Embedding.of(sum);
    }
}
