package dev.memcollab.recall;

import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.TaskClassifier.Classification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Chooses the few lines that a task is given: Algorithm 2 of arXiv 2603.23234 without a model, and
/// with the right to say nothing.
///
/// Words find candidates; the trigger decides whether one is shown at all; evidence and the
/// nearness of its source task rank what is left.
public final class Recall {
    private static final int CANDIDATES = 60;
    private static final int MOST_OF_ONE_TASK = 3;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final ConstraintMemory memory;
    private final TaskClassifier classifier;

    public Recall(ConstraintMemory memory, TaskClassifier classifier) {
        this.memory = memory;
        this.classifier = classifier;
    }

    public Recollection recall(RecallQuery query) {
        Classification classification = classifier.classify(query.task());
        String text = (query.task().text() + " " + query.feedback()).strip();
        List<Match> matches = memory.search(
                new Query(text, query.task().project(), query.task().category()), CANDIDATES);
        var asked = new Asked(query);
        List<Match> fitting = matches.stream().filter(match -> asked.fits(match.learnt())).toList();
        var shortlist = Shortlist.of(ranked(fitting, mostWords(matches), asked.whole()),
                query.task().project());
        var selection = new Selection(query);
        shortlist.lines().forEach(selection::offer);
        var heldBack = new ArrayList<HeldBack>();
        heldBack.add(new HeldBack(matches.size() - fitting.size(),
                "their trigger does not fit this task"));
        heldBack.addAll(shortlist.heldBack());
        heldBack.addAll(selection.heldBack());
        return new Recollection(classification, selection.lines(),
                heldBack.stream().filter(held -> held.count() > 0).toList());
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

        boolean fits(LearntConstraint learnt) {
            return feedback.looksLikeViolationOf(learnt.constraint())
                    || whole.fits(learnt.constraint());
        }
    }

    private static double mostWords(List<Match> matches) {
        return matches.stream().mapToDouble(Match::words).max().orElse(1.0);
    }

    private List<Line> ranked(List<Match> fitting, double mostWords, TriggerFit trigger) {
        return fitting.stream()
                .map(match -> new Line(match.learnt(), score(match, mostWords, trigger)))
                .sorted(Comparator.comparingDouble(Line::score).reversed()
                        .thenComparing(line -> line.learnt().id()))
                .toList();
    }

    /// How well the trigger and the words fit, times how far the constraint is trusted, in (0, 1].
    private double score(Match match, double mostWords, TriggerFit trigger) {
        double fit = trigger.coverage(match.learnt().constraint().when());
        double words = mostWords > 0 ? match.words() / mostWords : 0;
        return Math.max(0.01, (0.6 * fit + 0.4 * words) * trust(match.learnt()));
    }

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
        private final Map<String, Integer> ofTask = new HashMap<>();
        private int charactersLeft;
        private int overBudget;
        private int overLimit;
        private int ofSameTask;

        Selection(RecallQuery query) {
            this.query = query;
            this.charactersLeft = query.budgetTokens() * CHARACTERS_PER_TOKEN;
        }

        void offer(Line line) {
            String task = line.learnt().sources().getFirst().task();
            int characters = line.learnt().constraint().sentence().length();
            if (lines.size() >= query.limit()) {
                overLimit++;
            } else if (ofTask.getOrDefault(task, 0) >= MOST_OF_ONE_TASK) {
                ofSameTask++;
            } else if (characters > charactersLeft) {
                overBudget++;
            } else {
                lines.add(line);
                charactersLeft -= characters;
                ofTask.merge(task, 1, Integer::sum);
            }
        }

        List<Line> lines() {
            return lines;
        }

        List<HeldBack> heldBack() {
            return List.of(
                    new HeldBack(ofSameTask, "three lines of the same source task are shown"),
                    new HeldBack(overBudget,
                            "over the budget of %d tokens".formatted(query.budgetTokens())),
                    new HeldBack(overLimit, "over the limit of %d lines".formatted(query.limit())));
        }
    }
}
