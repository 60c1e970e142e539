package dev.memcollab.embedding;

import java.util.List;

/// An embedder to which words of one group mean the same, and all others nothing.
///
/// @param groups words separated by blanks; a dimension each
public record TopicEmbedder(List<String> groups) implements Embedder {
    public TopicEmbedder(String... groups) {
        this(List.of(groups));
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public int dimensions() {
        return groups.size() + 1;
    }

    @Override
    public Embedding embed(String text) {
        var sum = new float[dimensions()];
        sum[groups.size()] = 0.1f;
        for (String word : text.split("\\W+", -1)) {
            for (int group = 0; group < groups.size(); group++) {
                if (List.of(groups.get(group).split(" ", -1)).contains(word)) {
                    sum[group]++;
                }
            }
        }
        return Embedding.of(sum);
    }
}
