package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.ModelRole;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecallTest {
    private static final Project SHOP = new Project("shop");
    private static final TaskCategory COLLECTIONS = new TaskCategory("code", "collections");
    private static final String TRIGGER = "elements are removed from a collection while iterating";
    private static final String TASK = "while iterating, purge the elements removed from the cart";

    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();
    private final Recall recall = new Recall(memory, TaskClassifier.withOwnTaxonomy());

    @Test
    void whatFitsIsRecalled() {
        LearntConstraint rule = learn(TRIGGER, "rule", "cart");

        Recollection recollection = recall(9, 600);

        assertThat(recollection.lines()).singleElement().satisfies(line -> {
            assertThat(line.learnt()).isEqualTo(rule);
            assertThat(line.score()).isBetween(0.01, 1.0);
        });
        assertThat(recollection.heldBack()).isEmpty();
    }

    @Test
    void whereNothingIsRelevantNothingIsSaid() {
        learn("a thread waits for a lock", "rule", "race");

        Recollection recollection = recall(9, 600);

        assertThat(recollection.lines()).isEmpty();
        assertThat(recollection.heldBack()).isEmpty();
    }

    @Test
    void whatSharesWordsButDoesNotFitIsHeldBack() {
        learn("a thread waits for a lock while iterating", "rule", "race");

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).isEmpty();
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(1, "do not fit this task"));
        });
    }

    @Test
    void theLimitHolds() {
        learn(TRIGGER, "one", "cart");
        learn(TRIGGER, "two", "shelf");

        Recollection recollection = recall(1, 600);

        assertThat(recollection.lines()).hasSize(1);
        assertThat(recollection.heldBack())
                .containsExactly(new HeldBack(1, "are over the limit of 1 lines"));
    }

    @Test
    void theBudgetHolds() {
        int characters = learn(TRIGGER, "one", "cart").constraint().sentence().length();
        learn(TRIGGER, "two", "shelf");

        Recollection recollection = recall(9, characters / 4 + 1);

        assertThat(recollection.lines()).hasSize(1);
        assertThat(recollection.heldBack()).singleElement()
                .extracting(HeldBack::why).asString().startsWith("are over the budget of");
    }

    @Test
    void ofOneSourceTaskThereAreThreeAtMost() {
        List.of("one", "two", "three", "four").forEach(each -> learn(TRIGGER, each, "cart"));
        learn(TRIGGER, "five", "shelf");

        Recollection recollection = recall(9, 600);

        assertThat(recollection.lines()).hasSize(4);
        assertThat(recollection.heldBack()).containsExactly(
                new HeldBack(1, "come from a task of which three lines are shown"));
    }

    @Test
    void aToldCategoryIsAHardFilter() {
        learn(TRIGGER, "rule", "cart");

        assertThat(recall.recall(query(COLLECTIONS, "", 9, 600)).lines()).hasSize(1);
        assertThat(recall.recall(query(new TaskCategory("code", "git"), "", 9, 600)).lines())
                .isEmpty();
    }

    @Test
    void aFailureBringsWhatItLooksLike() {
        LearntConstraint rule = learn("a basket expires", "changing the dict size during the walk",
                "cart");
        var query = new RecallQuery(Task.of("tidy the cart", SHOP),
                "RuntimeError: dictionary changed size during iteration", 9, 600);

        assertThat(recall.recall(query).lines()).extracting(Recollection.Line::learnt)
                .containsExactly(rule);
    }

    @Test
    void whatWasVerifiedComesFirst() {
        learn(TRIGGER, "one", "cart");
        LearntConstraint verified = learn(TRIGGER, "two", "cart",
                replayed(new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 0, 0)));

        assertThat(recall(1, 600).lines()).extracting(Recollection.Line::learnt)
                .containsExactly(verified);
    }

    @Test
    void whatBrokeATaskIsShownOnlyWhereItIsMoreRelevant() {
        learn(TRIGGER, "one", "cart", replayed(brokenAt(1)));
        LearntConstraint relevant = learn(TRIGGER, "two", "shelf", replayed(brokenAt(0.3)));

        assertThat(recall(9, 600).lines()).extracting(Recollection.Line::learnt)
                .containsExactly(relevant);
    }

    @Test
    void whatChangedNothingAtItsOwnTaskIsHeldBack() {
        LearntConstraint refuted = learn(TRIGGER, "one", "cart",
                replayed(new Replay(ModelRole.WEAK, "tiny", "t-1", false, false, 0, 0)));

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).isEmpty();
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(1,
                            "changed no more than any line would at the task they were learnt from"));
        });
        memory.approve(refuted.id());
        assertThat(recall(9, 600).lines()).hasSize(1);
    }

    @Test
    void aGeneralRuleThatDidWhatAnyLineDoesIsHeldBack() {
        Evidence anyLineDoes = replayed(
                new Replay(ModelRole.WEAK, "tiny", "t-1", true, true, 0, 0));
        LearntConstraint general = learn(TRIGGER, "one", "cart", anyLineDoes);
        LearntConstraint aboutThings = learn("working on the elements of carts while iterating",
                "two", "cart", anyLineDoes);

        assertThat(recall(9, 600).lines()).extracting(line -> line.learnt().id())
                .containsExactly(aboutThings.id());
        learn(TRIGGER, "one", "shelf", Evidence.NONE, "t-2");
        assertThat(recall(9, 600).lines()).extracting(line -> line.learnt().id())
                .containsExactly(general.id());
    }

    private static Replay brokenAt(double relevance) {
        return new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 1, 1, relevance);
    }

    private static Evidence replayed(Replay replay) {
        return new Evidence(List.of(), List.of(replay));
    }

    @Test
    void whatHarmedComesLast() {
        LearntConstraint one = learn(TRIGGER, "one", "cart");
        LearntConstraint two = learn(TRIGGER, "two", "cart");
        memory.witnessed(one.id(), false);
        memory.witnessed(two.id(), true);

        assertThat(recall(9, 600).lines()).extracting(Recollection.Line::learnt)
                .containsExactly(two, one);
    }

    @Test
    void aHypothesisIsShownOnlyWhereNothingBetterFits() {
        LearntConstraint hypothesis = learn(TRIGGER, "one", "cart");
        assertThat(recall(9, 600).lines()).singleElement()
                .satisfies(line -> assertThat(line.isBorneOut()).isFalse());
        LearntConstraint better = learn(TRIGGER, "two", "cart");
        memory.approve(better.id());

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).singleElement().satisfies(line -> {
                assertThat(line.learnt().id()).isEqualTo(better.id());
                assertThat(line.isBorneOut()).isTrue();
            });
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(1, "are not borne out yet, and better lines are there"));
        });
        memory.approve(hypothesis.id());
        assertThat(recall(9, 600).lines()).hasSize(2);
    }

    @Test
    void whatDoesNotFitIsNotBetter() {
        LearntConstraint hypothesis = learn(TRIGGER, "one", "cart");
        memory.approve(learn("a thread waits for a lock", "rule", "race").id());

        assertThat(recall(9, 600).lines()).extracting(Recollection.Line::learnt)
                .containsExactly(hypothesis);
    }

    @Test
    void whatWeakensASafeguardWaitsForAPerson() {
        LearntConstraint weakening = learn(TRIGGER, "verifying the result", "cart");

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).isEmpty();
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(1, "weaken a safeguard, and nobody has approved them"));
        });
        memory.approve(weakening.id());
        assertThat(recall(9, 600).lines()).hasSize(1);
    }

    @Test
    void whatTwoProjectsLearntIsShownOnceAndAsOnesOwn() {
        learn(new Project("bank"), "rule");
        LearntConstraint own = learn(SHOP, "rule");
        learn(new Project("mill"), "rule");

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).extracting(line -> line.learnt().id())
                    .containsExactly(own.id());
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(2, "say the same as a line of another project"));
        });
    }

    @Test
    void ofTwoOtherProjectsOneIsShown() {
        learn(new Project("bank"), "rule");
        learn(new Project("mill"), "rule");

        assertThat(recall(9, 600).lines()).hasSize(1);
    }

    private LearntConstraint learn(Project project, String avoid) {
        var source = new Source(ContrastKind.RECORDED_PAIR, project + " task",
                List.of("t-" + project.name()), "tiny", "small");
        var learnt = LearntConstraint.of(new Constraint(TRIGGER, "a copy", avoid),
                new Scope(project, COLLECTIONS), source, Evidence.NONE, Instant.EPOCH);
        memory.learn(learnt);
        return learnt;
    }

    @Test
    void whatGoesWithFailureIsRetired() {
        LearntConstraint harmful = learn(TRIGGER, "one", "cart");
        for (int i = 0; i < 3; i++) {
            memory.witnessed(harmful.id(), false);
        }
        assertThat(recall(9, 600).lines()).hasSize(1);

        memory.witnessed(harmful.id(), false);

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).isEmpty();
            assertThat(recollection.heldBack()).containsExactly(new HeldBack(1,
                    "are retired: runs that had them failed more often than not"));
        });
    }

    @Test
    void whatAPersonApprovedIsNotRetired() {
        LearntConstraint harmful = learn(TRIGGER, "one", "cart");
        memory.approve(harmful.id());
        for (int i = 0; i < 10; i++) {
            memory.witnessed(harmful.id(), false);
        }

        assertThat(recall(9, 600).lines()).hasSize(1);
    }

    @Test
    void oneLineIsNotShownTwiceInNearlyTheSameWords() {
        String avoid = "changing size, order or index of anything that its outer loop still reads";
        learn(TRIGGER, avoid, "cart");
        learn(TRIGGER, avoid + " today", "cart");

        assertThat(recall(9, 600)).satisfies(recollection -> {
            assertThat(recollection.lines()).hasSize(1);
            assertThat(recollection.heldBack()).containsExactly(
                    new HeldBack(1, "say nearly the same as a line that is shown"));
        });
    }

    @Test
    void limitAndBudgetHaveRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> recall(21, 600))
                .withMessage("limit must lie in [1, 20], got 21");
        assertThatIllegalArgumentException().isThrownBy(() -> recall(9, 0))
                .withMessage("budget_tokens must be at least 1, got 0");
    }

    private Recollection recall(int limit, int budgetTokens) {
        return recall.recall(query(null, "", limit, budgetTokens));
    }

    private static RecallQuery query(@Nullable TaskCategory category, String feedback, int limit,
            int budgetTokens) {
        return new RecallQuery(new Task(TASK, null, SHOP, category, null), feedback, limit,
                budgetTokens);
    }

    private LearntConstraint learn(String when, String avoid, String task) {
        return learn(when, avoid, task, Evidence.NONE);
    }

    private LearntConstraint learn(String when, String avoid, String task, Evidence evidence) {
        return learn(when, avoid, task, evidence, "t-1");
    }

    private LearntConstraint learn(String when, String avoid, String task, Evidence evidence,
            String run) {
        var source = new Source(ContrastKind.RECORDED_PAIR, task, List.of(run), "tiny", "small");
        var learnt = LearntConstraint.of(new Constraint(when, "a copy", avoid),
                new Scope(SHOP, COLLECTIONS), source, evidence, Instant.EPOCH);
        memory.learn(learnt);
        return learnt;
    }
}
