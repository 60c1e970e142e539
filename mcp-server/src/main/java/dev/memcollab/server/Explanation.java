package dev.memcollab.server;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.recall.Classification;
import dev.memcollab.recall.Recollection;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.Relevance;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why lines are recalled, in words for a person.
final class Explanation {
    private Explanation() {}

    /// @param usefulness what was seen of a constraint by its id
    static String of(Recollection found, Function<String, Usefulness> usefulness) {
        var text = new StringBuilder(category(found.classification())).append('\n')
                .append(found.byMeaning()
                        ? "Constraints were compared by meaning, words and category.\n"
                        : "Constraints were compared by words alone.\n");
        int number = 1;
        for (Line line : found.lines()) {
            text.append("\n%d. [%s] %s%n".formatted(number++, line.learnt().id(),
                    line.learnt().constraint().sentence()));
            text.append("   ").append(why(line)).append('\n');
            text.append("   ").append(trust(line.learnt(), usefulness.apply(line.learnt().id())))
                    .append('\n');
        }
        text.append(found.lines().isEmpty() ? "\nNothing is shown.\n" : "\n");
        for (HeldBack held : found.heldBack()) {
            text.append("Held back: %d %s%n".formatted(held.count(), held.why()));
        }
        return text.toString().strip();
    }

    private static String category(Classification found) {
        return found.ranked().isEmpty()
                ? "Nothing in the task speaks for a category."
                : "The task is of " + found.ranked().stream().limit(3)
                        .map(likely -> "%s (%s)".formatted(likely.category(),
                                percent(likely.probability())))
                        .collect(Collectors.joining(", or ")) + ".";
    }

    private static String why(Line line) {
        Relevance relevance = line.reason().relevance();
        String words = relevance.words() > 0
                ? String.format(Locale.ROOT, "shared words score %.1f", relevance.words())
                : "no word is shared";
        String trigger = "the task names %s of its \"when\""
                .formatted(percent(line.reason().coverage()));
        String why = relevance.nearness().isPresent()
                ? String.format(Locale.ROOT, "Score %.2f: near in meaning by %.2f (a cosine), %s,"
                        + " its category is %s likely; %s.", line.score(),
                        relevance.nearness().getAsDouble(), words,
                        percent(relevance.category()), trigger)
                : String.format(Locale.ROOT, "Score %.2f: %s; %s.", line.score(), trigger, words);
        return line.reason().violated()
                ? why + " What has just failed looks like what it avoids."
                : why;
    }

    private static String trust(LearntConstraint learnt, Usefulness seen) {
        return "Trust: %s, learnt from %d contrast%s, helped %d runs and harmed %d.".formatted(
                learnt.standing().label(), learnt.support(), learnt.support() == 1 ? "" : "s",
                seen.helped(), seen.harmed());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
