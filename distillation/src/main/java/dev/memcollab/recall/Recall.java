package dev.memcollab.recall;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.Standing;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.language.Concepts;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.Recollection.Reason;
import dev.memcollab.trajectory.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Chooses the few lines that a task is given: Algorithm 2 of arXiv 2603.23234 without a model, and
/// with the right to say nothing.
///
/// Words and meaning find candidates. How likely one matters to the task decides whether it is shown
/// at all ([Relevance]). A rule about things is shown only where one of them is named, and a general rule of
/// one task only where it is near without the help of a category. Where nothing is known of its meaning, its
/// trigger must be true of the task by its words ([TriggerFit]). One that broke tasks in its replays must
/// be more relevant than it was to those. That, times how far it is trusted, ranks what is left.
public final class Recall {
    private static final int CANDIDATES = 60;
    private static final int MOST_OF_ONE_TASK = 3;
    /// Of English prose, about.
    public static final int CHARACTERS_PER_TOKEN = 4;
    /// Share of concepts from which on two lines are one line twice.
    private static final double NEARLY_THE_SAME = 0.85;

    private final ConstraintMemory memory;
    private final TaskClassifier classifier;
    private final Supplier<Optional<Embedder>> embedder;
    private final Relevance.Weights weights;

    /// Recalls by words alone.
    public Recall(ConstraintMemory memory, TaskClassifier classifier) {
        this(memory, classifier, Optional::empty, Relevance.Weights.FITTED);
    }

    /// @param embedder the one there is at the time; none while it is being loaded
    public Recall(ConstraintMemory memory, TaskClassifier classifier,
            Supplier<Optional<Embedder>> embedder, Relevance.Weights weights) {
        this.memory = memory;
        this.classifier = classifier;
        this.embedder = embedder;
        this.weights = weights;
    }

    public Recollection recall(RecallQuery query) {
        Candidates candidates = candidates(query);
        List<Line> relevant = relevant(candidates, new Asked(query));
        List<Line> harmless = relevant.stream().filter(line -> !isRetired(line.learnt())).toList();
        var shortlist = Shortlist.of(harmless, query.task().project());
        var selection = new Selection(query);
        shortlist.lines().forEach(selection::offer);
        var heldBack = new ArrayList<HeldBack>();
        heldBack.add(new HeldBack(candidates.matches().size() - relevant.size(),
                "do not fit this task"));
        heldBack.add(new HeldBack(relevant.size() - harmless.size(),
                "are retired: runs that had them failed more often than not"));
        heldBack.addAll(shortlist.heldBack());
        heldBack.addAll(selection.heldBack());
        return new Recollection(candidates.classification(), candidates.meaning() != null,
                selection.lines(), heldBack.stream().filter(held -> held.count() > 0).toList());
    }

    /// What may matter to a task, before anything is held back.
    ///
    /// @param meaning of what was asked; null where there is no embedder
    public record Candidates(Classification classification, @Nullable Embedding meaning,
            List<Match> matches) {
        /// What speaks for one of them.
        public Relevance relevance(Match match) {
            return Relevance.of(match, classification);
        }
    }

    /// Finds what shares words with a task or is near to it in meaning.
    public Candidates candidates(RecallQuery query) {
        Task task = query.task();
        // An empty memory is not worth loading an embedder for.
        Optional<Embedder> one = memory.constraints() == 0 ? Optional.empty() : embedder.get();
        Embedding meaning = one.map(by -> by.embed(task.text())).orElse(null);
        Classification classification = classifier.classify(task, meaning);
        String text = (task.text() + " " + query.feedback()).strip();
        Embedding asked = meaning == null || query.feedback().isBlank()
                ? meaning
                : Embedding.mean(List.of(meaning, one.orElseThrow().embed(query.feedback())));
        return new Candidates(classification, asked, memory.search(
                new Query(text, task.project(), task.category(), asked), CANDIDATES));
    }

    /// The words of a query, taken apart once for all constraints.
    ///
    /// @param whole the task and what has just failed
    /// @param feedback what has just failed alone; fits nothing where that is empty
    private record Asked(TriggerFit whole, TriggerFit feedback) {
        Asked(RecallQuery query) {
            this(new TriggerFit(query.task().text() + " " + query.feedback()),
                    new TriggerFit(query.feedback()));
        }
    }

    private List<Line> relevant(Candidates candidates, Asked asked) {
        double mostWords = candidates.matches().stream().mapToDouble(Match::words).max()
                .orElse(1.0);
        return candidates.matches().stream()
                .flatMap(match -> line(match, candidates.relevance(match), asked,
                        mostWords > 0 ? match.words() / mostWords : 0).stream())
                .sorted(Comparator.comparingDouble(Line::score).reversed()
                        .thenComparing(line -> line.learnt().id()))
                .toList();
    }

    /// The text is read only where it can matter.
    ///
    /// @param words BM25 score, as a share of the best one's
    private Optional<Line> line(Match match, Relevance relevance, Asked asked, double words) {
        boolean tooFar = relevance.nearness().isPresent()
                && relevance.probability(weights) < weights.least();
        return tooFar && asked.feedback().isEmpty()
                ? Optional.empty()
                : memory.constraint(match.id())
                        .flatMap(learnt -> line(learnt, relevance, asked, words));
    }

    private Optional<Line> line(LearntConstraint learnt, Relevance relevance, Asked asked,
            double words) {
        Constraint constraint = learnt.constraint();
        double coverage = asked.whole().coverage(constraint.when());
        boolean violated = asked.feedback().looksLikeViolationOf(constraint);
        boolean byMeaning = relevance.nearness().isPresent();
        double likely = byMeaning
                ? relevance.probability(weights)
                : 0.6 * coverage + 0.4 * words;
        boolean fits = byMeaning
                ? likely >= weights.least() && asked.whole().namesThingsOf(constraint)
                        && (relevance.isNear() || !learnt.isOfUnknownReach())
                : asked.whole().fits(constraint);
        double relevant = byMeaning
                ? relevance.unindexed().probability(weights)
                : coverage;
        if (!violated && !(fits && relevant > learnt.evidence().breaksUpTo())) {
            return Optional.empty();
        }
        double score = Math.clamp(likely * trust(learnt), 0.01, 1);
        return Optional.of(new Line(learnt, score, new Reason(relevance, coverage, violated)));
    }

    /// By evidence alone, not by age; a person's word counts for more.
    private boolean isRetired(LearntConstraint learnt) {
        return learnt.standing() != Standing.APPROVED
                && memory.usefulness(learnt.id()).isHarmful();
    }

    /// How far it is borne out, in (0, 1].
    private double trust(LearntConstraint learnt) {
        double kind = learnt.sources().stream().mapToDouble(source -> source.kind().trust()).max()
                .orElseThrow();
        double standing = learnt.standing().isActive() ? 1.0 : 0.7;
        Usefulness seen = memory.usefulness(learnt.id());
        double helped = (seen.helped() + 1.0) / (seen.helped() + seen.harmed() + 1.0);
        return kind * standing * helped;
    }

    /// Takes lines, best first, as long as limit, budget and variety allow.
    private static final class Selection {
        private final RecallQuery query;
        private final List<Line> lines = new ArrayList<>();
        private final List<Set<String>> said = new ArrayList<>(); // concepts of each line
        private final Map<String, Integer> ofTask = new HashMap<>();
        private int charactersLeft;
        private int overBudget;
        private int overLimit;
        private int ofSameTask;
        private int nearlySame;

        Selection(RecallQuery query) {
            this.query = query;
            this.charactersLeft = query.budgetTokens() * CHARACTERS_PER_TOKEN;
        }

        void offer(Line line) {
            if (lines.size() >= query.limit()) {
                overLimit++;
                return;
            }
            String task = line.learnt().sources().getFirst().task();
            String sentence = line.learnt().constraint().sentence();
            Set<String> concepts = Concepts.of(sentence);
            if (ofTask.getOrDefault(task, 0) >= MOST_OF_ONE_TASK) {
                ofSameTask++;
            } else if (saysNearlyTheSame(concepts)) {
                nearlySame++;
            } else if (sentence.length() > charactersLeft) {
                overBudget++;
            } else {
                lines.add(line);
                said.add(concepts);
                charactersLeft -= sentence.length();
                ofTask.merge(task, 1, Integer::sum);
            }
        }

        private boolean saysNearlyTheSame(Set<String> concepts) {
            return said.stream().anyMatch(shown -> overlap(concepts, shown) >= NEARLY_THE_SAME);
        }

        /// Concepts of both over concepts of either (Jaccard), in [0, 1].
        private static double overlap(Set<String> one, Set<String> other) {
            double both = one.stream().filter(other::contains).count();
            double either = one.size() + other.size() - both;
            return either == 0 ? 1 : both / either;
        }

        List<Line> lines() {
            return lines;
        }

        List<HeldBack> heldBack() {
            return List.of(
                    new HeldBack(ofSameTask, "come from a task of which three lines are shown"),
                    new HeldBack(nearlySame, "say nearly the same as a line that is shown"),
                    new HeldBack(overBudget,
                            "are over the budget of %d tokens".formatted(query.budgetTokens())),
                    new HeldBack(overLimit,
                            "are over the limit of %d lines".formatted(query.limit())));
        }
    }
}
