package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecallByMeaningTest {
    private static final Project SHOP = new Project("shop");
    private static final TaskCategory COLLECTIONS = new TaskCategory("code", "algorithms");
    private static final Embedder EMBEDDER = new TopicEmbedder("purge remove tidy",
            "lock thread stuck");
    private static final Relevance.Weights NEARNESS_ALONE = new Relevance.Weights(-5, 10, 0, 0,
            0.5);

    private final AtomicReference<@Nullable Embedder> embedder = new AtomicReference<>(EMBEDDER);
    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory(EMBEDDER);
    private final Recall recall = recall(NEARNESS_ALONE);

    private Recall recall(Relevance.Weights weights) {
        return new Recall(memory, TaskClassifier.withOwnTaxonomy(),
                () -> Optional.ofNullable(embedder.get()), weights);
    }

    @Test
    void whatMeansTheSameIsRecalledThoughNoWordIsShared() {
        LearntConstraint rule = learn("remove", "cart");

        Recollection found = recalled("tidy", "");

        assertThat(found.byMeaning()).isTrue();
        assertThat(found.lines()).extracting(Recollection.Line::learnt).containsExactly(rule);
        assertThat(found.lines().getFirst().reason().relevance().nearness()).isPresent();
    }

    @Test
    void whatMeansAnotherThingIsHeldBackThoughItsTaskIsNear() {
        learn("lock", "tidy the cart");

        Recollection found = recalled("tidy the cart", "");

        assertThat(found.lines()).isEmpty();
        assertThat(found.heldBack()).containsExactly(new HeldBack(1, "do not fit this task"));
    }

    @Test
    void whatIsAboutThingsIsShownWhereOneOfThemIsNamed() {
        learn("working on the cart: remove", "cart");

        assertThat(recalled("tidy", "").lines()).isEmpty();
        assertThat(recalled("tidy the carts", "").lines()).hasSize(1);
    }

    @Test
    void withoutTheEmbedderWordsDecide() {
        learn("remove", "cart");
        embedder.set(null);

        assertThat(recalled("tidy", "").lines()).isEmpty();
        assertThat(recalled("remove elements", "").byMeaning()).isFalse();
        assertThat(recalled("remove elements", "").lines()).hasSize(1);
    }

    @Test
    void anEmptyMemoryAsksForNoEmbedder() {
        var empty = new Recall(new InMemoryConstraintMemory(EMBEDDER),
                TaskClassifier.withOwnTaxonomy(), () -> {
                    throw new AssertionError("nobody needs it");
                }, NEARNESS_ALONE);

        assertThat(empty.recall(query("tidy", "")).byMeaning()).isFalse();
    }

    @Test
    void theFailureIsHeardBesideTheTask() {
        LearntConstraint rule = learn("lock", "race");

        assertThat(recalled("hello", "").lines()).isEmpty();
        assertThat(recalled("hello", "thread stuck").lines())
                .extracting(Recollection.Line::learnt).containsExactly(rule);
    }

    @Test
    void theNearerComesFirst() {
        LearntConstraint near = learn("remove", "cart");
        LearntConstraint both = learn("remove lock", "race");

        assertThat(recalled("tidy", "").lines()).extracting(Recollection.Line::learnt)
                .containsExactly(near, both);
    }

    @Test
    void aLikelyCategorySpeaksForALine() {
        memory.approve(learn("remove", "cart").id());
        var weights = new Relevance.Weights(2, 0, 0, 1, 0.5);

        assertThat(recall(weights).recall(query("rebase the branch in git", "")).lines())
                .isEmpty();
        assertThat(recall(weights).recall(new RecallQuery(
                Task.of("rebase the branch in git", SHOP).in(COLLECTIONS), "", 9, 600)).lines())
                .hasSize(1);
    }

    @Test
    void aCategoryDoesNotSpeakForAGeneralRuleOfOneTask() {
        var everything = new Relevance.Weights(2, 0, 0, 0, 0.5);
        learn("remove", "cart");

        assertThat(recall(everything).recall(query("rebase", "")).lines()).isEmpty();
        assertThat(recall(everything).recall(query("tidy", "")).lines()).hasSize(1);
        learn("remove", "shelf", "t-2");
        assertThat(recall(everything).recall(query("rebase", "")).lines()).hasSize(1);
    }

    @Test
    void aCategoryThatOnlyCallersUseDoesNotSpeakAgainstALine() {
        var source = new Source(ContrastKind.RECORDED_PAIR, "cart", List.of("t-1"), "tiny",
                "small");
        memory.learn(LearntConstraint.of(new Constraint("remove", "a copy", "the original"),
                new Scope(SHOP, new TaskCategory("ours", "carts")), source, Evidence.NONE,
                Instant.EPOCH));

        assertThat(recall(Relevance.Weights.FITTED).recall(query("tidy", "")).lines()).hasSize(1);
    }

    private Recollection recalled(String task, String feedback) {
        return recall.recall(query(task, feedback));
    }

    private static RecallQuery query(String task, String feedback) {
        return new RecallQuery(Task.of(task, SHOP), feedback, 9, 600);
    }

    private LearntConstraint learn(String when, String task) {
        return learn(when, task, "t-1");
    }

    private LearntConstraint learn(String when, String task, String run) {
        var source = new Source(ContrastKind.RECORDED_PAIR, task, List.of(run), "tiny", "small");
        var learnt = LearntConstraint.of(new Constraint(when, "a copy", "the original"),
                new Scope(SHOP, COLLECTIONS), source, Evidence.NONE, Instant.EPOCH);
        memory.learn(learnt);
        return learnt;
    }
}
