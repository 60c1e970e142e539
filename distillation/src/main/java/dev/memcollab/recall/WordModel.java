package dev.memcollab.recall;

import dev.memcollab.language.Concepts;
import dev.memcollab.trajectory.TaskCategory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the concepts of a text speak for categories: multinomial naive Bayes, all categories equally
/// likely beforehand.
///
/// score(c) = Σ over the known concepts w of the text, ln((n(w, c) + α) / (n(c) + α·V)), with n(w, c)
/// the examples of c that have w, n(c) their sum over w, and V the number of concepts known.
final class WordModel {
    private static final double ALPHA = 0.3;

    private final Set<String> vocabulary = new HashSet<>();
    private final Map<TaskCategory, Counts> counts = new LinkedHashMap<>();

    private static final class Counts {
        private final Map<String, Integer> words = new HashMap<>();
        private int all;

        void add(String word) {
            words.merge(word, 1, Integer::sum);
            all++;
        }
    }

    WordModel(List<Example> examples) {
        for (Example example : examples) {
            Counts of = counts.computeIfAbsent(example.category(), _ -> new Counts());
            Set<String> concepts = Concepts.of(example.text());
            concepts.forEach(of::add);
            vocabulary.addAll(concepts);
        }
    }

    /// Log-likelihoods, comparable within one text; all equal where it has no known concept.
    Map<TaskCategory, Double> scores(String text) {
        List<String> known = Concepts.of(text).stream().filter(vocabulary::contains).toList();
        var scores = new LinkedHashMap<TaskCategory, Double>();
        counts.forEach((category, of) -> {
            double nothingSeen = Math.log(of.all + ALPHA * vocabulary.size());
            scores.put(category, known.stream()
                    .mapToDouble(word -> Math.log(of.words.getOrDefault(word, 0) + ALPHA)
                            - nothingSeen)
                    .sum());
        });
        return scores;
    }
}
