package dev.memcollab.merge;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.Score;
import java.util.List;
import java.util.function.Function;

/// Asks a model whether two constraints say the same. No token is sampled: the answers "yes" and "no"
/// are scored.
///
/// A small model can not be asked about a whole rule, in which all but one word may agree; of two short
/// phrases it sees whether they mean the same.
public final class Judge {
    private static final String SYSTEM = "You compare texts and answer with yes or no.";
    private static final List<String> ANSWERS = List.of(" yes", " no");
    private static final String SITUATIONS = "Situation A: %s\nSituation B: %s\n\n"
            + "Are both the same situation?";
    private static final String MEANINGS = "A: %s\nB: %s\n\nDo both mean the same?";

    private final LanguageModel model;

    public Judge(LanguageModel model) {
        this.model = model;
    }

    public Verdict verdict(Constraint one, Constraint other) throws InterruptedException {
        return new Verdict(odds(SITUATIONS, one, other, Constraint::when),
                odds(MEANINGS, one, other, Constraint::enforce),
                odds(MEANINGS, one, other, Constraint::avoid));
    }

    private double odds(String question, Constraint one, Constraint other,
            Function<Constraint, String> slot) throws InterruptedException {
        String first = slot.apply(one);
        String second = slot.apply(other);
        return (odds(question.formatted(first, second)) + odds(question.formatted(second, first)))
                / 2;
    }

    private double odds(String question) throws InterruptedException {
        List<Score> scores = model.score(Prompt.of(SYSTEM, question).answering("Answer:"),
                ANSWERS);
        return scores.get(0).logProbability() - scores.get(1).logProbability();
    }
}
