package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.recall.TaskClassifier.Classification;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import org.junit.jupiter.api.Test;

class TaskClassifierTest {
    private final TaskClassifier classifier = TaskClassifier.withOwnTaxonomy();

    @Test
    void wordsSpeakForACategory() {
        Classification found = classifier.classify(task("rebase the branch and resolve conflicts"));

        assertThat(found.category()).isEqualTo(new TaskCategory("code", "git"));
        assertThat(found.confidence()).isBetween(0.5, 1.0);
    }

    @Test
    void withoutSuchWordsItIsUnknown() {
        assertThat(classifier.classify(task("hello there")))
                .isEqualTo(new Classification(TaskCategory.UNKNOWN, 0));
    }

    @Test
    void whatTheCallerToldIsCertain() {
        var told = new TaskCategory("code", "web");

        assertThat(classifier.classify(task("rebase the branch").in(told)))
                .isEqualTo(new Classification(told, 1));
    }

    private static Task task(String text) {
        return Task.of(text, new Project("shop"));
    }
}
