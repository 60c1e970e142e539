package dev.memcollab.jlama;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.StreamingText;
import java.util.List;

/// An answer as it grows: whole characters only, and cut before the first stop.
final class Answer {
    private final ByteLevelTokenizer tokenizer;
    private final StreamingText characters;
    private final List<String> stops;
    private final int longestStop;
    private final StringBuilder text = new StringBuilder();
    private int tokens;
    private boolean stopped;

    Answer(ByteLevelTokenizer tokenizer, List<String> stops) {
        this.tokenizer = tokenizer;
        this.characters = new StreamingText(tokenizer);
        this.stops = stops;
        this.longestStop = stops.stream().mapToInt(String::length).max().orElse(0);
    }

    /// Takes a token; a special one adds no text.
    void append(int id) {
        tokens++;
        if (tokenizer.isSpecial(id)) {
            return;
        }
        int seen = Math.max(0, text.length() - longestStop + 1);
        text.append(characters.append(id));
        int stop = stops.stream().mapToInt(s -> text.indexOf(s, seen)).filter(at -> at >= 0).min()
                .orElse(text.length());
        stopped = stop < text.length();
        text.setLength(stop);
    }

    /// The characters that the token would add.
    String peek(int id) {
        return characters.peek(id);
    }

    boolean isStopped() {
        return stopped;
    }

    String text() {
        return text.toString();
    }

    int tokens() {
        return tokens;
    }
}
