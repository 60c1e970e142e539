package dev.memcollab.recall;

import dev.memcollab.language.Concepts;
import dev.memcollab.language.WordLists;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Finds the category of a task by the words that speak for each: the paper's f(x), the same at
/// writing and at recall, and without a model.
public final class TaskClassifier {
    private final List<Entry> taxonomy;

    private record Entry(TaskCategory category, Set<String> words) {}

    private TaskClassifier(List<Entry> taxonomy) {
        this.taxonomy = taxonomy;
    }

    public static TaskClassifier withOwnTaxonomy() {
        return new TaskClassifier(WordLists.lines("/dev/memcollab/recall/taxonomy.txt").stream()
                .map(TaskClassifier::entry).toList());
    }

    private static Entry entry(String line) {
        int slash = line.indexOf('/');
        int colon = line.indexOf(':');
        var category = new TaskCategory(line.substring(0, slash), line.substring(slash + 1, colon));
        return new Entry(category, Concepts.of(line.substring(colon + 1)));
    }

    /// A category and how sure it is.
    ///
    /// @param confidence share of the votes, in [0, 1]; 1 where the caller told it, 0 where unknown
    public record Classification(TaskCategory category, double confidence) {}

    /// The category that the caller told, or else the one that most words speak for.
    public Classification classify(Task task) {
        TaskCategory told = task.category();
        return told != null ? new Classification(told, 1.0) : classify(task.text());
    }

    private Classification classify(String text) {
        Set<String> concepts = Concepts.of(text);
        List<Vote> votes = taxonomy.stream().map(entry -> vote(entry, concepts))
                .filter(vote -> vote.words() > 0).toList();
        double all = votes.stream().mapToDouble(Vote::words).sum();
        return votes.stream().max(Comparator.comparingLong(Vote::words))
                .map(best -> new Classification(best.category(), best.words() / all))
                .orElse(new Classification(TaskCategory.UNKNOWN, 0.0));
    }

    private record Vote(TaskCategory category, long words) {}

    private static Vote vote(Entry entry, Set<String> concepts) {
        return new Vote(entry.category(),
                entry.words().stream().filter(concepts::contains).count());
    }
}
