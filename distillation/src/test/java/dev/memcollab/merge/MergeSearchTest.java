package dev.memcollab.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeSearchTest {
    private static final Project PROJECT = new Project("p");
    private static final Embedder TOPICS = new TopicEmbedder("list array", "copy snapshot",
            "change mutation", "index offset");
    private static final Constraint KNOWN = new Constraint("a list is walked", "a copy",
            "a change of it");
    private static final Constraint SAME = new Constraint("an array is walked", "a snapshot",
            "a mutation of it");
    private static final Constraint OPPOSITE = new Constraint("a list is walked",
            "a change of it", "a copy");
    private static final Constraint ELSEWHERE = new Constraint("an index is kept", "an offset",
            "an index of it");
    /// Asks where all slots are near and nothing crosses, and merges where the model says yes.
    private static final Sameness.Weights WEIGHTS = new Sameness.Weights(
            Logistic.of(-5.0, 2.0, 2.0, 2.0, -2.0), 0.5,
            Logistic.of(0.0, 1.0, 0.0), 0.9);

    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory(TOPICS);
    private final List<MergeSearch.Compared> compared = new ArrayList<>();
    private final ScriptedLanguageModel model = new ScriptedLanguageModel("small")
            .scoring((_, text) -> text.equals(" yes") ? 3 : 0);

    @Test
    void whatSaysTheSameInOtherWordsIsFound() throws InterruptedException {
        LearntConstraint known = learn(KNOWN);
        learn(ELSEWHERE);

        assertThat(sameAs(SAME)).contains(known);
        assertThat(compared).singleElement().satisfies(one -> {
            assertThat(one.known()).isEqualTo(known);
            assertThat(one.same()).isTrue();
        });
    }

    @Test
    void theModelDecides() throws InterruptedException {
        learn(KNOWN);
        model.scoring((_, _) -> 0);

        assertThat(sameAs(SAME)).isEmpty();
        assertThat(compared).singleElement()
                .satisfies(one -> assertThat(one.probability()).isEqualTo(0.5));
    }

    @Test
    void aRuleAboutOtherThingsIsNotEvenAskedAbout() throws InterruptedException {
        LearntConstraint known = learn(about("the seats of a theatre list"));

        assertThat(sameAs(about("the desks of an office array"))).isEmpty();
        assertThat(sameAs(SAME)).isEmpty();
        assertThat(model.prompts()).isEmpty();
        assertThat(sameAs(about("the theatre array"))).contains(known);
    }

    private static Constraint about(String things) {
        return new Constraint("working on " + things, "a copy", "a change of it");
    }

    @Test
    void theNearestInWordsMayBeTheOppositeAndIsNotEvenAskedAbout() throws InterruptedException {
        learn(KNOWN);

        assertThat(sameAs(OPPOSITE)).isEmpty();
        assertThat(model.prompts()).isEmpty();
    }

    @Test
    void whatDemandsTheOtherWayIsNeverOneHoweverSureTheModelIs() throws InterruptedException {
        learn(KNOWN);
        var certain = new Sameness.Weights(Logistic.of(9.0, 0.0, 0.0, 0.0, 0.0), 0,
                Logistic.of(9.0, 0.0, 0.0), 0.9);

        assertThat(new MergeSearch(memory, () -> Optional.of(TOPICS), certain).sameAs(OPPOSITE,
                PROJECT, model, compared::add)).isEmpty();
        assertThat(compared).isEmpty();
    }

    @Test
    void atMostTwoAreAskedAbout() throws InterruptedException {
        for (String more : List.of("one", "two", "three")) {
            learn(new Constraint("a list is walked " + more, "a copy", "a change"));
        }
        model.scoring((_, _) -> 0);

        assertThat(sameAs(SAME)).isEmpty();
        assertThat(compared).hasSize(2);
    }

    @Test
    void whatIsThereWordForWordRepeatsNothingElse() throws InterruptedException {
        learn(KNOWN);
        learn(SAME);

        assertThat(sameAs(SAME)).isEmpty();
        assertThat(compared).isEmpty();
    }

    @Test
    void withoutAnEmbedderNothingIsFound() throws InterruptedException {
        learn(KNOWN);

        assertThat(MergeSearch.none(memory).sameAs(SAME, PROJECT, model,
                compared::add)).isEmpty();
    }

    private Optional<LearntConstraint> sameAs(Constraint constraint) throws InterruptedException {
        return new MergeSearch(memory, () -> Optional.of(TOPICS), WEIGHTS).sameAs(constraint,
                PROJECT, model, compared::add);
    }

    private LearntConstraint learn(Constraint constraint) {
        var learnt = LearntConstraint.of(constraint,
                new Scope(PROJECT, new TaskCategory("code", "algorithms")),
                new Source(ContrastKind.REVISION, "Walk.", List.of("t-1"), "tiny", "small"),
                Evidence.NONE, Instant.EPOCH);
        memory.learn(learnt);
        return learnt;
    }
}
