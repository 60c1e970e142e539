package dev.memcollab.recall;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.language.Concepts;
import dev.memcollab.language.OrdinaryLanguage;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether the trigger of a constraint is true of a task, judged by the concepts of both.
///
/// A small model obeys whatever line it is given, so an irrelevant one is worse than none: the
/// trigger must be mostly there, and not by its commonplace words alone ("list", "each", "value").
public final class TriggerFit {
    /// Least share of the trigger's weight that the task must have.
    private static final double LEAST = 0.6;
    private static final double COMMONPLACE_WEIGHT = 0.5;

    private static final Set<String> COMMONPLACE = Concepts.of("collection function number text"
            + " value iterate code task program python java javascript test return result class"
            + " data first last count find method variable string write read check implement"
            + " create handle call work multiple different same new resource element item object key");

    private final Set<String> task;

    /// Takes the words of the task, and of what has just failed.
    public TriggerFit(String text) {
        this.task = Concepts.of(text);
    }

    /// Whether there is no word that anything could fit.
    public boolean isEmpty() {
        return task.isEmpty();
    }

    /// The share of the trigger that is true of the task, by weight, in [0, 1].
    public double coverage(String trigger) {
        double all = 0;
        double found = 0;
        for (String concept : Concepts.of(trigger)) {
            double weight = weight(concept);
            all += weight;
            found += task.contains(concept) ? weight : 0;
        }
        return all == 0 ? 0 : found / all;
    }

    public boolean fits(Constraint constraint) {
        return coverage(constraint.when()) >= LEAST && hasSpecificOf(constraint.when());
    }

    /// Whether the task names one of the things that a rule is about; of any other rule, that is not asked. A
    /// stranger to a project knows its things by their names alone, and tasks of one project all sound alike. Things that have
    /// no name but words that every programmer uses ("lists", "upper case") must all be there.
    public boolean namesThingsOf(Constraint constraint) {
        if (!constraint.isAboutThings()) {
            return true;
        }
        Set<String> names = names(constraint.when());
        return names.isEmpty()
                ? specific(constraint.when()).allMatch(task::contains)
                : names.stream().anyMatch(task::contains);
    }

    /// Concepts of words that are neither of the trade nor everyday English.
    private static Set<String> names(String text) {
        OrdinaryLanguage language = OrdinaryLanguage.english();
        return specific(Concepts.of(text, word -> !language.isCommonplace(word)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether what has just failed looks like what the constraint avoids.
    public boolean looksLikeViolationOf(Constraint constraint) {
        return coverage(constraint.avoid()) >= LEAST && hasSpecificOf(constraint.avoid());
    }

    private boolean hasSpecificOf(String text) {
        return specific(text).anyMatch(task::contains);
    }

    private static Stream<String> specific(String text) {
        return specific(Concepts.of(text));
    }

    private static Stream<String> specific(Set<String> concepts) {
        return concepts.stream().filter(concept -> !COMMONPLACE.contains(concept));
    }

    private static double weight(String concept) {
        return COMMONPLACE.contains(concept) ? COMMONPLACE_WEIGHT : 1.0;
    }
}
