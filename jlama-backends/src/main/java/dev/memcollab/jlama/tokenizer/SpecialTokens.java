package dev.memcollab.jlama.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The tokens that stand for a text as a whole, such as `<|im_end|>`, and where a text holds them.
final class SpecialTokens {
    /*
     * Looked for one after the other, longest first, each in what the longer ones left over: that
     * is llama.cpp's order, and it differs from "leftmost first" where two of them overlap.
     */

    /// A special token in a text, or a stretch of text without one (`id` is [Vocabulary#NO_TOKEN]).
    record Span(int start, int end, int id) {
        boolean isText() {
            return id == Vocabulary.NO_TOKEN;
        }

        Span movedBy(int distance) {
            return new Span(start + distance, end + distance, id);
        }
    }

    private final Map<String, Integer> ids;
    private final List<String> longestFirst;

    SpecialTokens(Map<String, Integer> ids) {
        this.ids = Map.copyOf(ids);
        this.longestFirst = ids.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    boolean contains(int id) {
        return ids.containsValue(id);
    }

    /// Cuts the text from `start` to `end` into special tokens and what lies between them.
    List<Span> split(String text, int start, int end) {
        List<Span> spans = List.of(new Span(start, end, Vocabulary.NO_TOKEN));
        for (String token : longestFirst) {
            if (text.indexOf(token, start, end) >= 0) {
                spans = splitAt(token, text, spans);
            }
        }
        return spans;
    }

    private List<Span> splitAt(String token, String text, List<Span> spans) {
        int id = ids.getOrDefault(token, Vocabulary.NO_TOKEN);
        var finer = new ArrayList<Span>();
        for (Span span : spans) {
            int from = span.start();
            int found = span.isText() ? text.indexOf(token, from, span.end()) : -1;
            while (found >= 0) {
                finer.add(new Span(from, found, Vocabulary.NO_TOKEN));
                from = found + token.length();
                finer.add(new Span(found, from, id));
                found = text.indexOf(token, from, span.end());
            }
            finer.add(new Span(from, span.end(), span.id()));
        }
        return finer;
    }
}
