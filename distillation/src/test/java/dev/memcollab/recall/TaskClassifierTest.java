package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.embedding.WordBagEmbedder;
import dev.memcollab.recall.Classification.Likely;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskClassifierTest {
    private static final TaskCategory GIT = new TaskCategory("code", "git");
    private static final TaskCategory BAKING = new TaskCategory("kitchen", "baking");

    private final TaskClassifier classifier = TaskClassifier.withOwnTaxonomy();

    @Test
    void wordsSpeakForACategory() {
        Classification found = classifier
                .classify(task("rebase the branch and resolve merge conflicts"));

        assertThat(found.category()).isEqualTo(GIT);
        assertThat(found.confidence()).isBetween(0.5, 1.0);
    }

    @Test
    void withoutSuchWordsItIsUnknown() {
        assertThat(classifier.classify(task("xyzzy plugh"))).isEqualTo(Classification.UNKNOWN);
        assertThat(Classification.UNKNOWN.category()).isEqualTo(TaskCategory.UNKNOWN);
        assertThat(Classification.UNKNOWN.confidence()).isZero();
    }

    @Test
    void whatTheCallerToldIsCertain() {
        Classification found = classifier.classify(task("rebase the branch").in(BAKING));

        assertThat(found.ranked()).containsExactly(new Likely(BAKING, 1));
        assertThat(found.probability(GIT)).isZero();
    }

    @Test
    void probabilitiesAddUpToOneBestFirst() {
        Classification found = classifier.classify(task("the deadlock in the unit test"));

        assertThat(found.ranked().stream().mapToDouble(Likely::probability).sum())
                .isEqualTo(1, within(1e-9));
        assertThat(found.ranked()).isSortedAccordingTo(
                (one, other) -> Double.compare(other.probability(), one.probability()));
    }

    @Test
    void whatCallersToldIsLearnt() {
        String text = "let the sourdough rise before it goes into the oven";
        var told = Collections.nCopies(5, task(text).in(BAKING));

        classifier.learn(told);

        assertThat(classifier.classify(task("how long must sourdough rise")).category())
                .isEqualTo(BAKING);
    }

    @Test
    void fewLabelsMakeNoNewCategory() {
        classifier.learn(Collections.nCopies(4, task("let the sourdough rise").in(BAKING)));

        assertThat(classifier.classify(task("let the sourdough rise")).probability(BAKING))
                .isZero();
    }

    @Test
    void manyLabelsOfOneCategoryDoNotMakeTheOthersForgotten() {
        Embedder embedder = new WordBagEmbedder();
        var classifier = new TaskClassifier(Taxonomy.own(), ClassifierWeights.FITTED,
                () -> Optional.of(embedder));
        var told = Collections.nCopies(300, task("let the sourdough rise").in(BAKING));

        classifier.learn(told, embedder::embed);

        assertThat(classifier.classify(task("rebase the branch, resolve merge conflicts"))
                .category()).isEqualTo(GIT);
        assertThat(classifier.classify(task("let the sourdough rise")).category())
                .isEqualTo(BAKING);
    }

    @Test
    void meaningSpeaksWhereWordsAreUnknown() {
        var taxonomy = Taxonomy.parse(List.of("[code / git]", "Versions.", "- branch",
                "[kitchen / baking]", "Bread.", "- flour"));
        Embedder embedder = new TopicEmbedder("branch twig", "flour");
        var classifier = new TaskClassifier(taxonomy, ClassifierWeights.FITTED,
                () -> Optional.of(embedder));

        classifier.learn(List.of(), embedder::embed);

        assertThat(classifier.classify(task("twig")).category()).isEqualTo(GIT);
    }

    private static Task task(String text) {
        return Task.of(text, new Project("shop"));
    }
}
