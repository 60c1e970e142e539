package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.check.Placebos;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Adviser;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceboTest {
    private static final Project SHOP = new Project("shop");
    private static final TaskCategory ALGORITHMS = new TaskCategory("code", "algorithms");
    private static final Task TASK = Task.of("sort the numbers", SHOP).in(ALGORITHMS);
    private static final Constraint SHOWN = new Constraint("numbers are sorted", "a key", "haste");

    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();

    @Test
    void linesOfOtherCategoriesComeFirst() {
        learn(ALGORITHMS, SHOWN);
        Constraint other = new Constraint("a branch is merged", "a review", "haste");
        learn(new TaskCategory("code", "git"), other);

        assertThat(placebo((_, _) -> List.of(SHOWN)).lines(TASK, "")).containsExactly(other);
    }

    @Test
    void whereTheMemoryHasTooFewThereAreStillAsManyAsAreShown() {
        learn(ALGORITHMS, SHOWN);

        assertThat(placebo((_, _) -> List.of(SHOWN, SHOWN)).lines(TASK, ""))
                .isEqualTo(Placebos.farthestFrom(TASK, 2));
    }

    @Test
    void whereNothingIsShownThereIsNoPlacebo() {
        assertThat(placebo(Adviser.NONE).lines(TASK, "")).isEmpty();
    }

    private Placebo placebo(Adviser other) {
        return new Placebo(other, memory, TaskClassifier.withOwnTaxonomy(), 42);
    }

    private void learn(TaskCategory category, Constraint constraint) {
        memory.learn(LearntConstraint.of(constraint, new Scope(SHOP, category),
                new Source(ContrastKind.LOCAL_PAIR, "task", List.of("t-1"), "tiny", "small"),
                Evidence.NONE, Instant.EPOCH));
    }
}
