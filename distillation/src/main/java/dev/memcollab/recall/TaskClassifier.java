package dev.memcollab.recall;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.recall.Example.Embedded;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the category of a task by the examples of each: the paper's f(x), the same at writing and
/// at recall, and without a language model. Thread-safe.
///
/// Words alone answer until meanings were learnt, and for tasks that come without an
/// embedding; the two are added up as log-odds, with weights that were fitted (`bench recall --fit`).
public final class TaskClassifier {
    /*
     * What is told of tasks counts like an exemplar, and the exemplars stay: there are many of
     * them, so that a few wrong labels do not turn a category round. A category that the taxonomy
     * does not have must have been told some times before it counts as one.
     */
    private static final int LEAST_OF_A_NEW_CATEGORY = 5;

    private final Taxonomy taxonomy;
    private final ClassifierWeights weights;
    private final Supplier<Optional<Embedder>> embedder;
    private @Nullable Learnt learnt; // guarded by this; null until somebody asks

    /// One state of what is known, replaced as a whole.
    private record Learnt(WordModel words, @Nullable MeaningModel meaning) {}

    public TaskClassifier(Taxonomy taxonomy, ClassifierWeights weights,
            Supplier<Optional<Embedder>> embedder) {
        this.taxonomy = taxonomy;
        this.weights = weights;
        this.embedder = embedder;
    }

    /// One that knows the taxonomy of the program alone, by its words.
    public static TaskClassifier withOwnTaxonomy() {
        return new TaskClassifier(Taxonomy.own(), ClassifierWeights.FITTED, Optional::empty);
    }

    /// The same, adding words and meaning up in another way.
    public TaskClassifier with(ClassifierWeights others) {
        var classifier = new TaskClassifier(taxonomy, others, embedder);
        classifier.become(learnt());
        return classifier;
    }

    /// What is known; at first the taxonomy by its words, which takes too long for who never asks.
    private synchronized Learnt learnt() {
        Learnt known = learnt == null
                ? new Learnt(new WordModel(examples(taxonomy)), null)
                : learnt;
        learnt = known;
        return known;
    }

    private synchronized void become(Learnt other) {
        learnt = other;
    }

    private static List<Example> examples(Taxonomy taxonomy) {
        return taxonomy.withExemplars().flatMap(
                entry -> entry.texts().map(text -> new Example(entry.category(), text))).toList();
    }

    /// The texts of the taxonomy, whose embeddings are always asked for.
    public List<String> exemplars() {
        return examples(taxonomy).stream().map(Example::text).toList();
    }

    /// Takes in the categories that callers told of tasks, in the place of those taken in before.
    public void learn(List<Task> told) {
        become(new Learnt(new WordModel(examplesWith(told)), null));
    }

    /// Takes in the categories that callers told of tasks, and what they and the exemplars mean.
    ///
    /// @param embedding gives the embedding of a text
    public void learn(List<Task> told, Function<String, Embedding> embedding) {
        List<Example> examples = examplesWith(told);
        List<Embedded> embedded = examples.stream()
                .map(each -> new Embedded(each.category(), embedding.apply(each.text())))
                .toList();
        become(new Learnt(new WordModel(examples), MeaningModel.fit(embedded)));
    }

    private List<Example> examplesWith(List<Task> told) {
        List<Example> own = examples(taxonomy);
        List<Example> labels = told.stream().flatMap(TaskClassifier::label).toList();
        Set<TaskCategory> known = own.stream().map(Example::category).collect(Collectors.toSet());
        Map<TaskCategory, Long> often = labels.stream()
                .collect(Collectors.groupingBy(Example::category, Collectors.counting()));
        return Stream.concat(own.stream(), labels.stream()
                .filter(label -> known.contains(label.category())
                        || often.getOrDefault(label.category(), 0L) >= LEAST_OF_A_NEW_CATEGORY))
                .toList();
    }

    private static Stream<Example> label(Task task) {
        TaskCategory told = task.category();
        return told == null ? Stream.empty() : Stream.of(new Example(told, task.text()));
    }

    /// Where a task belongs: where the caller said, or where its words and meaning say.
    public Classification classify(Task task) {
        return task.category() == null
                ? classify(task, embedder.get().map(one -> one.embed(task.text())).orElse(null))
                : classify(task, null);
    }

    /// The same for a task that is embedded already.
    ///
    /// @param embedding of the task's text; null where there is no embedder
    public Classification classify(Task task, @Nullable Embedding embedding) {
        TaskCategory told = task.category();
        return told != null
                ? Classification.told(told)
                : classify(task.text(), embedding);
    }

    private Classification classify(String text, @Nullable Embedding embedding) {
        Learnt now = learnt();
        Map<TaskCategory, Double> words = now.words().scores(text);
        if (now.meaning() != null && embedding != null) {
            Map<TaskCategory, Double> both = now.meaning().scores(embedding);
            both.replaceAll((category, meaning) -> weights.ofMeaning() * meaning
                    + weights.ofWords() * words.getOrDefault(category, 0.0));
            return Classification.ofScores(both);
        }
        if (words.values().stream().distinct().count() < 2) {
            return Classification.UNKNOWN;
        }
        words.replaceAll((_, score) -> weights.ofWordsAlone() * score);
        return Classification.ofScores(words);
    }
}
