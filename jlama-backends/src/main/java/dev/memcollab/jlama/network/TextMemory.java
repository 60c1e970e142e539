package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.KeyValues;
import java.util.List;
import java.util.stream.IntStream;

/// Keys and values of all layers for the tokens of one text.
public final class TextMemory implements AutoCloseable {
    private final List<KeyValues> layers;

    TextMemory(Architecture architecture, int positions) {
        this.layers = IntStream.range(0, architecture.layers())
                .mapToObj(_ -> new KeyValues(architecture.attention(), positions)).toList();
    }

    KeyValues layer(int index) {
        return layers.get(index);
    }

    /// Takes the first tokens of another text.
    public void take(TextMemory other, int tokens) {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).take(other.layers.get(i), tokens);
        }
    }

    @Override
    public void close() {
        layers.forEach(KeyValues::close);
    }
}
