package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.recall.Classification;
import dev.memcollab.recall.Classification.Likely;
import dev.memcollab.recall.Recollection;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.Recollection.Reason;
import dev.memcollab.recall.Relevance;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final TaskCategory GIT = new TaskCategory("code", "git");
    private static final LearntConstraint LEARNT = LearntConstraint.of(
            new Constraint("history is rewritten", "telling the others", "a silent push"),
            new Scope(new Project("shop"), GIT),
            new Source(ContrastKind.RECORDED_PAIR, "squash", List.of("t-1"), "tiny", "small"),
            Evidence.NONE, Instant.EPOCH);
    private static final Classification KNOWN = new Classification(
            List.of(new Likely(GIT, 0.8), new Likely(new TaskCategory("code", "files"), 0.1)));

    @Test
    void aLineByMeaningSaysHowNearItIsAndWhatSpeaksForIt() {
        var reason = new Reason(new Relevance(OptionalDouble.of(0.41), 3.14, 0.8), 0.5, false);

        assertThat(explained(new Recollection(KNOWN, true,
                List.of(new Line(LEARNT, 0.62, reason)),
                List.of(new HeldBack(7, "do not fit this task"))))).isEqualTo(
                        """
                                The task is of code / git (80 %%), or code / files (10 %%).
                                Constraints were compared by meaning, words and category.

                                1. [%s] When history is rewritten, enforce telling the others; avoid a silent push.
                                   Score 0.62: near in meaning by 0.41 (a cosine), shared words score 3.1, its \
                                category is 80 %% likely; the task names 50 %% of its "when".
                                   Trust: candidate, learnt from 1 contrast, helped 3 runs and harmed 1.

                                Held back: 7 do not fit this task"""
                                .formatted(LEARNT.id()));
    }

    @Test
    void aLineByWordsSaysThatMeaningIsNotKnown() {
        var reason = new Reason(new Relevance(OptionalDouble.empty(), 3.14, 0), 1, true);

        assertThat(explained(new Recollection(Classification.UNKNOWN, false,
                List.of(new Line(LEARNT, 0.9, reason)), List.of())))
                .contains("Nothing in the task speaks for a category.", "by words alone",
                        "Score 0.90: the task names 100 % of its \"when\"",
                        "What has just failed looks like what it avoids.");
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertThat(explained(new Recollection(KNOWN, true, List.of(), List.of())))
                .endsWith("Nothing is shown.");
    }

    private static String explained(Recollection found) {
        return Explanation.of(found, _ -> new Usefulness(3, 1));
    }
}
