package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.memory.Redaction;
import dev.memcollab.recall.ClassifierWeights;
import dev.memcollab.recall.RecallQuery;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.Relevance;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.recall.Taxonomy;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
    private static final Project SHOP = new Project("shop");
    private static final LearntConstraint DIVIDING = LearntConstraint.of(
            new Constraint("dividing by a number that may be zero",
                    "a check for zero before the division", "catching the error afterwards"),
            new Scope(SHOP, new TaskCategory("code", "numerics")),
            new Source(ContrastKind.RECORDED_PAIR, "Divide the sum of the prices by their number.",
                    List.of("t-1", "t-2"), "tiny", "small"),
            Evidence.NONE, TickingClock.START);

    private final TickingClock clock = new TickingClock();

    @Test
    void itsFirstRecallKnowsWhatAllConstraintsMean(@TempDir Path directory) {
        try (var withoutEmbedder = MemoryStore.open(directory, clock)) {
            withoutEmbedder.learn(DIVIDING);
        }
        var embedder = LateEmbedder.own();
        var classifier = new TaskClassifier(Taxonomy.own(), ClassifierWeights.FITTED, embedder);

        try (var lab = new Lab(MemoryStore.open(directory, clock, new Redaction(), embedder),
                new Understanding(embedder, classifier), clock, _ -> {
                })) {
            assertThat(lab.recall(Relevance.Weights.FITTED).recall(new RecallQuery(
                    Task.of("Divide the total of the prices by how many there are.", SHOP)
                            .in(DIVIDING.scope().category()),
                    "", 9, 600)).lines())
                    .extracting(Line::learnt).containsExactly(DIVIDING);
        }
    }
}
