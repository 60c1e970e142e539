package dev.memcollab.bench;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.bench.LogisticFit.Sample;
import dev.memcollab.bench.RecallBenchmark.Arm;
import dev.memcollab.bench.RecallBenchmark.Found;
import dev.memcollab.bench.RecallBenchmark.Labelled;
import dev.memcollab.bench.RecallData.Public;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.recall.ClassifierWeights;
import dev.memcollab.recall.Relevance;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.server.ShippedExemplars;
import dev.memcollab.trajectory.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Fits the weights of recall to one half of the tasks and measures the other.
public final class RecallRun {
    /// Share of the tasks from outside that shall get no line.
    private static final double SILENCE = 0.95;
    /// Share of lines that shall matter: one that does not does as much harm as one that does is good for.
    private static final double READ = 1.0 / 2;
    /// The same of general rules that one task led to and nobody read, of which a third are sound.
    private static final double UNREAD = 5.0 / 6;
    private static final List<Double> THRESHOLDS = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);

    private final RecallData dev;
    private final RecallData test;
    private final Embedder embedder;
    private final Map<String, Embedding> known;
    private final Path directory;
    private final Consumer<String> progress;

    /// Reads the data.
    ///
    /// @param data the directory `benchmarks/data`
    /// @param directory empty, for stores
    public RecallRun(Path data, Path directory, Embedder embedder,
            Consumer<String> progress) throws IOException {
        this.dev = RecallData.read(data, "dev");
        this.test = RecallData.read(data, "test");
        this.embedder = embedder;
        this.directory = directory;
        this.progress = progress;
        this.known = new HashMap<>(ShippedExemplars.of(embedder));
    }

    private Embedding embedding(String text) {
        return known.computeIfAbsent(text, embedder::embed);
    }

    /// @param approved whether a person has read all lines
    private RecallBenchmark benchmark(RecallData data, String name, boolean approved) {
        progress.accept("learning " + name);
        return new RecallBenchmark(directory.resolve(name), data, approved, embedder,
                this::embedding);
    }

    /// Weights that fit the dev half.
    ///
    /// @param withoutCategory what [Relevance#isNear] should go by; recall goes by what is shipped
    public record Fit(ClassifierWeights classifier, Relevance.Weights relevance,
            Relevance.Weights withoutCategory) {
        /// What the program goes by.
        public static final Fit SHIPPED = new Fit(ClassifierWeights.FITTED,
                Relevance.Weights.FITTED, Relevance.Weights.WITHOUT_CATEGORY);
    }

    /// Fits all weights.
    public Fit fit() {
        try (var benchmark = benchmark(dev, "fit", true)) {
            TaskClassifier classifier = benchmark.classifier(ClassifierWeights.FITTED);
            ClassifierWeights weights = fitted(classifier, benchmark.labelled());
            List<Found> found = benchmark.found(classifier.with(weights));
            progress.accept("fitting");
            List<Sample> samples = RecallBenchmark.samples(found);
            return new Fit(weights, relevance(found, LogisticFit.fit(samples), READ),
                    relevance(found, withoutCategory(samples), UNREAD));
        }
    }

    private static Logistic withoutCategory(List<Sample> samples) {
        List<Double> fitted = LogisticFit.fit(samples.stream()
                .map(sample -> new Sample(sample.features().subList(0, 2), sample.label()))
                .toList()).weights();
        return Logistic.of(fitted.get(0), fitted.get(1), fitted.get(2), 0.0);
    }

    /// The lowest threshold at which enough tasks from outside get no line.
    private static double silent(List<Found> found, Logistic fitted) {
        double[] best = found.stream().filter(each -> each.relevant().isEmpty())
                .mapToDouble(each -> scored(each, fitted).mapToDouble(Scored::probability).max()
                        .orElse(0))
                .sorted().toArray();
        return best[Math.min(best.length - 1, (int) Math.ceil(best.length * SILENCE))];
    }

    /// The lowest threshold at which a share of all lines matter.
    private static double right(List<Found> found, Logistic fitted, double share) {
        List<Scored> all = found.stream().flatMap(each -> scored(each, fitted))
                .sorted(Comparator.comparingDouble(Scored::probability).reversed()).toList();
        double least = 1;
        int right = 0;
        for (int i = 0; i < all.size(); i++) {
            right += all.get(i).matters() ? 1 : 0;
            if (right >= share * (i + 1)) {
                least = all.get(i).probability();
            }
        }
        return least;
    }

    private record Scored(double probability, boolean matters) {}

    private static Stream<Scored> scored(Found found, Logistic fitted) {
        return found.candidates().matches().stream().map(match -> new Scored(
                fitted.probability(found.candidates().relevance(match).features()),
                found.relevant().contains(match.id())));
    }

    /// @param share of lines that shall matter
    private static Relevance.Weights relevance(List<Found> found, Logistic fitted, double share) {
        List<Double> weights = fitted.weights();
        return new Relevance.Weights(weights.get(0), weights.get(1), weights.get(2),
                weights.get(3), Math.max(silent(found, fitted), right(found, fitted, share)));
    }

    /// The weights under which the true categories are likeliest.
    private ClassifierWeights fitted(TaskClassifier classifier, List<Labelled> tasks) {
        List<ClassifierWeights> both = steps(2, 24, 2).boxed().flatMap(
                meaning -> steps(0, 0.6, 0.1).mapToObj(
                        words -> new ClassifierWeights(meaning, words, 0)))
                .toList();
        List<ClassifierWeights> alone = steps(0.05, 1, 0.05)
                .mapToObj(words -> new ClassifierWeights(0, 0, words)).toList();
        ClassifierWeights one = likeliest(classifier, both, tasks, true);
        return new ClassifierWeights(one.ofMeaning(), one.ofWords(),
                likeliest(classifier, alone, tasks, false).ofWordsAlone());
    }

    private static DoubleStream steps(double from, double to, double by) {
        return DoubleStream.iterate(from, value -> value <= to + 1e-9, value -> value + by)
                .map(Spread::rounded);
    }

    private ClassifierWeights likeliest(TaskClassifier classifier, List<ClassifierWeights> tried,
            List<Labelled> tasks, boolean byMeaning) {
        progress.accept("fitting the classifier, %d weights".formatted(tried.size()));
        return tried.stream().min(Comparator.comparingDouble(
                weights -> surprise(classifier.with(weights), tasks, byMeaning))).orElseThrow();
    }

    /// The mean of −ln P(true category).
    private double surprise(TaskClassifier classifier, List<Labelled> tasks, boolean byMeaning) {
        return tasks.stream().mapToDouble(task -> -Math.log(1e-6 + classifier
                .classify(Task.of(task.text(), RecallData.PROJECT),
                        byMeaning ? embedding(task.text()) : null)
                .probability(task.category()))).average().orElseThrow();
    }

    /// Measures the test half with weights.
    ///
    /// @param files of tasks of public benchmarks
    public Map<String, Object> measure(Fit fit, List<Path> files) throws IOException {
        var tasks = new ArrayList<Public>();
        for (Path file : files) {
            tasks.addAll(RecallData.readPublic(file));
        }

        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", Machine.facts());
        facts.put("weights", fit);
        List<Arm> arms = arms(fit);
        try (var benchmark = benchmark(test, "test", true)) {
            TaskClassifier classifier = benchmark.classifier(fit.classifier());
            progress.accept("classifying");
            facts.put("classifier", benchmark.classification(classifier, true));
            facts.put("classifier_by_words", benchmark.classification(classifier, false));
            progress.accept("ranking");
            List<Found> found = benchmark.found(classifier);
            facts.put("ranking", arms.stream()
                    .map(arm -> RecallBenchmark.ranking(found, arm)).toList());
            progress.accept("recalling");
            facts.put("recalled", benchmark.recalled(classifier, fit.relevance()));
            facts.put("recalled_by_words", benchmark.recalledByWords());
            facts.put("public", tasks.stream().collect(Collectors.groupingBy(Public::benchmark,
                    Collectors.collectingAndThen(Collectors.toList(),
                            some -> benchmark.ofPublic(some, classifier, fit.relevance())))));
            facts.put("recalled_by_threshold", THRESHOLDS.stream().map(least -> {
                var row = new LinkedHashMap<String, Object>(Map.of("least", least));
                row.putAll(benchmark.recalled(classifier, fit.relevance().showingFrom(least)));
                return row;
            }).toList());
        }
        try (var benchmark = benchmark(test, "test of one task", false)) {
            facts.put("recalled_of_one_task", benchmark.recalled(
                    benchmark.classifier(fit.classifier()), fit.relevance()));
        }
        return facts;
    }

    private static List<Arm> arms(Fit fit) {
        return List.of(new Arm("words", false, Relevance::words),
                new Arm("meaning", false, each -> each.nearness().orElse(-1)),
                new Arm("words and meaning", false,
                        each -> each.probability(fit.withoutCategory())),
                new Arm("words and meaning, the two likeliest categories alone", true,
                        each -> each.probability(fit.withoutCategory())),
                new Arm("words, meaning and category", false,
                        each -> each.probability(fit.relevance())));
    }
}
