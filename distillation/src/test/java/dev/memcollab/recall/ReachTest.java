package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final Project SHOP = new Project("shop");
    private static final LearntConstraint PROPOSED = LearntConstraint.of(
            new Constraint("elements are removed while iterating", "a copy", "the collection"),
            new Scope(SHOP, new TaskCategory("code", "algorithms")),
            new Source(ContrastKind.LOCAL_PAIR, "remove", List.of("t-1"), "tiny", "small"),
            Evidence.NONE, Instant.EPOCH);

    private final TaskClassifier classifier = TaskClassifier.withOwnTaxonomy();

    @Test
    void whatIsNearInMeaningIsReachedTheNearestFirst() {
        var reach = new Reach(classifier,
                () -> Optional.of(new TopicEmbedder("removed remove tidy", "lock thread")),
                new Relevance.Weights(-5, 10, 0, 0, 0.5));

        assertThat(reached(reach, "lock", "tidy the lock lock", "tidy tidy", "tidy the lock"))
                .containsExactly("tidy tidy", "tidy the lock");
    }

    @Test
    void aRuleAboutThingsReachesTasksThatNameThem() {
        var reach = new Reach(classifier,
                () -> Optional.of(new TopicEmbedder("removed remove tidy")),
                new Relevance.Weights(-5, 10, 0, 0, 0.5));
        var aboutCarts = LearntConstraint.of(
                new Constraint("working on carts: tidy", "a copy", "it"),
                PROPOSED.scope(), PROPOSED.sources().getFirst(), Evidence.NONE, Instant.EPOCH);

        assertThat(reach.among(List.of(Task.of("tidy the carts", SHOP), Task.of("remove", SHOP)),
                aboutCarts)).extracting(Reach.Reached::task)
                .containsExactly(Task.of("tidy the carts", SHOP));
    }

    @Test
    void wordsThatNoIndexHasScoredSpeakNeitherForNorAgainst() {
        var likely = new Relevance.Weights(0, 0, 1, 0, 0.6);
        var unlikely = new Relevance.Weights(0, 0, 1, 0, 0.7);

        assertThat(Stream.of(likely, unlikely).map(weights -> new Reach(classifier,
                () -> Optional.of(new TopicEmbedder("tidy")), weights))
                .map(reach -> reached(reach, "tidy"))).containsExactly(List.of("tidy"), List.of());
    }

    @Test
    void withoutAnEmbedderTheTriggerMustBeTrueOfTheTask() {
        assertThat(reached(Reach.byWords(classifier), "tidy",
                "while iterating, drop the removed elements"))
                .containsExactly("while iterating, drop the removed elements");
    }

    private static List<String> reached(Reach reach, String... tasks) {
        List<Task> some = Stream.of(tasks).map(text -> Task.of(text, SHOP)).toList();
        return reach.among(some, PROPOSED).stream().map(reached -> reached.task().text()).toList();
    }
}
