package dev.memcollab.bench;

import dev.memcollab.bench.LogisticFit.Sample;
import dev.memcollab.bench.RecallData.Outside;
import dev.memcollab.bench.RecallData.Public;
import dev.memcollab.bench.RecallData.Topic;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.Redaction;
import dev.memcollab.recall.Classification;
import dev.memcollab.recall.Classification.Likely;
import dev.memcollab.recall.ClassifierWeights;
import dev.memcollab.recall.Recall;
import dev.memcollab.recall.Recall.Candidates;
import dev.memcollab.recall.RecallQuery;
import dev.memcollab.recall.Recollection;
import dev.memcollab.recall.Relevance;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.recall.Taxonomy;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Measures one half of the tasks: where they are said to belong, and what is recalled for them.
final class RecallBenchmark implements AutoCloseable {
    private static final int FIRST = 3;
    private static final int LIMIT = 9;

    private final RecallData data;
    private final Embedder embedder;
    private final Function<String, Embedding> embedding;
    private final MemoryStore store;

    /// Learns the constraints of one half.
    ///
    /// @param approved whether a person has read them all
    /// @param embedding gives the embedding of a text; may know it already
    RecallBenchmark(Path directory, RecallData data, boolean approved, Embedder embedder,
            Function<String, Embedding> embedding) {
        this.data = data;
        this.embedder = embedder;
        this.embedding = embedding;
        this.store = MemoryStore.open(directory, Clock.systemUTC(), new Redaction(),
                () -> Optional.of(embedder));
        // Found one at a time, so that each is embedded by the search after it.
        for (LearntConstraint learnt : data.constraints()) {
            store.learn(learnt);
            if (approved) {
                store.approve(learnt.id());
            }
            store.search(new Query(learnt.constraint().when(), RecallData.PROJECT, null), 1);
        }
    }

    /// A task of which it is known where it belongs.
    record Labelled(String text, TaskCategory category) {}

    List<Labelled> labelled() {
        return data.topics().stream()
                .flatMap(topic -> Stream.concat(topic.tasks().stream(), topic.sources().stream())
                        .map(text -> new Labelled(text, topic.category())))
                .toList();
    }

    TaskClassifier classifier(ClassifierWeights weights) {
        var classifier = new TaskClassifier(Taxonomy.own(), weights, () -> Optional.of(embedder));
        classifier.learn(List.of(), embedding);
        return classifier;
    }

    /// How a classifier does.
    Map<String, Object> classification(TaskClassifier classifier, boolean byMeaning) {
        List<Labelled> tasks = labelled();
        List<Classification> found = classified(tasks, classifier, byMeaning);
        List<Labelled> all = Stream.concat(tasks.stream(),
                data.outside().stream().map(RecallBenchmark::labelled)).toList();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tasks", tasks.size());
        facts.put("top_1", share(tasks, found, 1));
        facts.put("top_2", share(tasks, found, 2));
        facts.put("calibration_error", Spread.rounded(calibrationError(tasks, found)));
        facts.put("reliability", reliability(tasks, found));
        facts.put("code_mathematics_or_other", coarse(all, classified(all, classifier, byMeaning)));
        return facts;
    }

    /// What has nothing to do with the topics, with the category that it has all the same.
    private static Labelled labelled(Outside task) {
        return new Labelled(task.task(), new TaskCategory(
                task.kind().equals("mathematics") ? "mathematics" : "reasoning", "any"));
    }

    private List<Classification> classified(List<Labelled> tasks, TaskClassifier classifier,
            boolean byMeaning) {
        return tasks.stream().map(task -> classifier.classify(
                Task.of(task.text(), RecallData.PROJECT),
                byMeaning ? embedding.apply(task.text()) : null)).toList();
    }

    private static double share(List<Labelled> tasks, List<Classification> found, int first) {
        int right = 0;
        for (int i = 0; i < tasks.size(); i++) {
            TaskCategory category = tasks.get(i).category();
            right += found.get(i).ranked().stream().limit(first)
                    .anyMatch(likely -> likely.category().equals(category)) ? 1 : 0;
        }
        return Spread.rounded((double) right / tasks.size());
    }

    /// The tasks of a range of confidence.
    ///
    /// @param confidence the sum over them
    private record Bin(int tasks, double confidence, int right) {
        private static final Bin EMPTY = new Bin(0, 0, 0);
        private static final int BINS = 10;

        Bin with(double more, boolean isRight) {
            return new Bin(tasks + 1, confidence + more, right + (isRight ? 1 : 0));
        }

        Map<String, Object> facts() {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("tasks", tasks);
            facts.put("confidence", Spread.rounded(confidence / tasks));
            facts.put("right", Spread.rounded((double) right / tasks));
            return facts;
        }
    }

    private static List<Bin> bins(List<Labelled> tasks, List<Classification> found) {
        var bins = new ArrayList<>(Collections.nCopies(Bin.BINS, Bin.EMPTY));
        for (int i = 0; i < tasks.size(); i++) {
            double confidence = found.get(i).confidence();
            boolean isRight = found.get(i).category().equals(tasks.get(i).category());
            int bin = Math.min(Bin.BINS - 1, (int) (confidence * Bin.BINS));
            bins.set(bin, bins.get(bin).with(confidence, isRight));
        }
        return bins;
    }

    /// Confidence set against the share that was right.
    private static List<Map<String, Object>> reliability(List<Labelled> tasks,
            List<Classification> found) {
        return bins(tasks, found).stream().filter(bin -> bin.tasks() > 0).map(Bin::facts).toList();
    }

    /// Expected calibration error: the mean over ten bins of confidence of |accuracy − confidence|,
    /// weighed by how many tasks a bin has. Naeini, Cooper, Hauskrecht, AAAI 2015.
    private static double calibrationError(List<Labelled> tasks, List<Classification> found) {
        return bins(tasks, found).stream()
                .mapToDouble(bin -> Math.abs(bin.right() - bin.confidence())).sum() / tasks.size();
    }

    /// The share of tasks that are recognised as of software, of mathematics, or of neither.
    private static double coarse(List<Labelled> tasks, List<Classification> found) {
        long right = IntStream.range(0, tasks.size()).filter(i -> likeliest(found.get(i))
                .equals(tasks.get(i).category().category())).count();
        return Spread.rounded((double) right / tasks.size());
    }

    /// How tasks of a public benchmark are classified, and how many of them get no line of the topics.
    Map<String, Object> ofPublic(List<Public> tasks, TaskClassifier classifier,
            Relevance.Weights weights) {
        Recall recall = recall(classifier, weights);
        List<Labelled> labelled = tasks.stream()
                .map(task -> new Labelled(task.task(), task.category())).toList();
        List<Classification> found = classified(labelled, classifier, true);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("tasks", tasks.size());
        facts.put("top_1", share(labelled, found, 1));
        facts.put("top_2", share(labelled, found, 2));
        facts.put("code_mathematics_or_other", coarse(labelled, found));
        facts.put("without_lines",
                silent(recall, tasks.stream().map(Public::task).toList()));
        return facts;
    }

    private static String likeliest(Classification found) {
        return found.ranked().stream()
                .collect(Collectors.groupingBy(likely -> likely.category().category(),
                        Collectors.summingDouble(Likely::probability)))
                .entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
                .orElse("");
    }

    /// What was found for one task.
    ///
    /// @param relevant ids of what matters to it; empty where it is from outside
    record Found(String topic, Candidates candidates, Set<String> relevant) {}

    /// The candidates for all tasks, of the topics and from outside.
    List<Found> found(TaskClassifier classifier) {
        Recall recall = recall(classifier, Relevance.Weights.FITTED);
        var found = new ArrayList<Found>();
        for (Topic topic : data.topics()) {
            Set<String> relevant = topic.constraints().stream().map(LearntConstraint::id)
                    .collect(Collectors.toSet());
            topic.tasks().forEach(task -> found
                    .add(new Found(topic.id(), recall.candidates(query(task)), relevant)));
        }
        data.outside().forEach(outside -> found
                .add(new Found("", recall.candidates(query(outside.task())), Set.of())));
        return found;
    }

    private Recall recall(TaskClassifier classifier, Relevance.Weights weights) {
        return new Recall(store, classifier, () -> Optional.of(embedder), weights);
    }

    private static RecallQuery query(String task) {
        return new RecallQuery(Task.of(task, RecallData.PROJECT), "", LIMIT, 4_000);
    }

    /// What a logistic regression is fitted to: each candidate of each task.
    static List<Sample> samples(List<Found> found) {
        return found.stream().flatMap(each -> each.candidates().matches().stream()
                .map(match -> new Sample(each.candidates().relevance(match).features(),
                        each.relevant().contains(match.id()))))
                .toList();
    }

    /// A way to rank candidates.
    ///
    /// @param gated whether only the two likeliest categories may answer
    record Arm(String name, boolean gated, ToDoubleFunction<Relevance> score) {}

    /// How an arm ranks, without a threshold.
    static Map<String, Object> ranking(List<Found> found, Arm arm) {
        var precision = new LinkedHashMap<String, List<Double>>();
        var reciprocal = new LinkedHashMap<String, List<Double>>();
        for (Found each : found) {
            if (!each.relevant().isEmpty()) {
                List<String> ids = ranked(each, arm);
                precision.computeIfAbsent(each.topic(), _ -> new ArrayList<>())
                        .add((double) ids.stream().limit(FIRST).filter(each.relevant()::contains)
                                .count() / FIRST);
                int rank = 0;
                while (rank < ids.size() && !each.relevant().contains(ids.get(rank))) {
                    rank++;
                }
                reciprocal.computeIfAbsent(each.topic(), _ -> new ArrayList<>())
                        .add(rank == ids.size() ? 0 : 1.0 / (rank + 1));
            }
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("arm", arm.name());
        facts.put("precision_at_3", Interval.of(List.copyOf(precision.values())).facts());
        facts.put("mean_reciprocal_rank", Interval.of(List.copyOf(reciprocal.values())).facts());
        return facts;
    }

    private static List<String> ranked(Found found, Arm arm) {
        Set<TaskCategory> likeliest = found.candidates().classification().ranked().stream().limit(2)
                .map(Likely::category).collect(Collectors.toSet());
        return found.candidates().matches().stream()
                .filter(match -> !arm.gated()
                        || likeliest.contains(match.category()))
                .sorted(Comparator.comparingDouble((Match match) -> arm.score()
                        .applyAsDouble(found.candidates().relevance(match))).reversed())
                .map(Match::id).toList();
    }

    /// What an agent would get.
    Map<String, Object> recalled(TaskClassifier classifier, Relevance.Weights weights) {
        return recalled(recall(classifier, weights));
    }

    /// What an agent would get where there is no embedder.
    Map<String, Object> recalledByWords() {
        return recalled(new Recall(store, TaskClassifier.withOwnTaxonomy()));
    }

    private Map<String, Object> recalled(Recall recall) {
        var recalled = new LinkedHashMap<String, List<Double>>();
        var anything = new LinkedHashMap<String, List<Double>>();
        int lines = 0;
        int wrong = 0;
        for (Topic topic : data.topics()) {
            Set<String> relevant = topic.constraints().stream().map(LearntConstraint::id)
                    .collect(Collectors.toSet());
            for (String task : topic.tasks()) {
                List<String> ids = ids(recall.recall(query(task)));
                long right = ids.stream().limit(FIRST).filter(relevant::contains).count();
                recalled.computeIfAbsent(topic.id(), _ -> new ArrayList<>())
                        .add((double) right / relevant.size());
                anything.computeIfAbsent(topic.id(), _ -> new ArrayList<>())
                        .add(right > 0 ? 1.0 : 0.0);
                lines += ids.size();
                wrong += (int) ids.stream().filter(id -> !relevant.contains(id)).count();
            }
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("recall_at_3", Interval.of(List.copyOf(recalled.values())).facts());
        facts.put("one_of_3_relevant", Interval.of(List.copyOf(anything.values())).facts());
        facts.put("lines_shown", lines);
        facts.put("lines_of_other_topics", wrong);
        facts.put("outside_tasks_without_lines", withoutLines(recall));
        return facts;
    }

    private Map<String, Object> withoutLines(Recall recall) {
        var shares = new LinkedHashMap<String, Object>();
        shares.put("all", silent(recall, data.outside().stream().map(Outside::task).toList()));
        data.outside().stream().map(Outside::kind).distinct()
                .forEach(kind -> shares.put(kind, silent(recall, data.outside().stream()
                        .filter(task -> task.kind().equals(kind)).map(Outside::task).toList())));
        return shares;
    }

    private static double silent(Recall recall, List<String> tasks) {
        return Spread.rounded((double) tasks.stream()
                .filter(task -> recall.recall(query(task)).lines().isEmpty()).count()
                / tasks.size());
    }

    private static List<String> ids(Recollection found) {
        return found.lines().stream().map(line -> line.learnt().id()).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
