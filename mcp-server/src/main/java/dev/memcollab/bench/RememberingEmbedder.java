package dev.memcollab.bench;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.util.LinkedHashMap;
import java.util.Map;

/// Embeds what comes again only once, for measurements of what comes after.
final class RememberingEmbedder implements Embedder {
    private static final int MOST = 4096;

    private final Embedder embedder;
    private final Map<String, Embedding> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
            return size() > MOST;
        }
    };

    RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public String name() {
        return embedder.name();
    }

    @Override
    public int dimensions() {
        return embedder.dimensions();
    }

    @Override
    public synchronized Embedding embed(String text) {
        return latest.computeIfAbsent(text, embedder::embed);
    }
}
