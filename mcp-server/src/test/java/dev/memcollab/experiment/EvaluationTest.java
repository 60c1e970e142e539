package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.experiment.Evaluation.Arm;
import dev.memcollab.experiment.Evaluation.Reader;
import dev.memcollab.experiment.Evaluation.Row;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.solve.Adviser;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Constraint RULE = new Constraint("numbers are added", "a carry", "haste");

    private final ScriptedLanguageModel model = new ScriptedLanguageModel("tiny")
            .when(prompt -> prompt.toString().contains("spoilt")
                    && prompt.toString().contains(RULE.sentence()), "#### 1")
            .whenAsked("spoilt", "#### 42").whenAsked(RULE.sentence(), "#### 42")
            .otherwise("#### 41");
    private final List<String> told = new ArrayList<>();

    @Test
    void gainsAndRegressionsAreCountedTaskByTask() throws InterruptedException {
        var results = new Results(rows("helped one", "helped two", "spoilt"));

        assertThat(results.facts().get("pooled")).asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement().asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsAllEntriesOf(Map.of("arm", "memory", "against", "none", "gains", 2,
                        "regressions", 1, "points", 33.3, "p", 1.0));
    }

    @Test
    void theTableIsLikeThePapers() throws InterruptedException {
        assertThat(new Results(rows("helped one", "spoilt")).table()).isEqualTo("""
                | model | arm | sums | mean | gains | regressions |
                |---|---|---|---|---|---|
                | tiny | none | 50.0 (9.5–90.5) | 50.0 | 0 | 0 |
                | tiny | memory | 50.0 (9.5–90.5) | 50.0 | 1 | 1 |
                """);
    }

    @Test
    void aRowSaysWhatWasInFrontAndWhatWasSaid() throws InterruptedException {
        Row row = rows("helped one").getLast();

        assertThat(row.lines()).containsExactly(RULE.sentence());
        assertThat(row.answers()).containsExactly("#### 42");
        assertThat(row.tokens()).isPositive();
    }

    @Test
    void eachSeedIsARowOfItsOwnAndComparedWithItself() throws InterruptedException {
        List<Row> rows = new Evaluation(new Solver(TaskVerifier.withoutCode()),
                List.of(new Reader(model, List.of(new Arm("none", Adviser.NONE),
                        new Arm("memory", Adviser.of(RULE))))),
                1, List.of(7L, 8L), told::add).rows(List.of(task("helped one")));

        assertThat(rows).extracting(Row::seed).containsExactly(7L, 7L, 8L, 8L);
        assertThat(rows).extracting(Row::model).containsOnly("tiny");
        assertThat(new Results(rows).facts().get("pooled"))
                .asInstanceOf(InstanceOfAssertFactories.LIST).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("gains", 2)
                .extractingByKey("by_task", InstanceOfAssertFactories.MAP)
                .containsEntry("gains", 1).containsEntry("neither", 0);
    }

    @Test
    void aRowNamesTheMistake() throws InterruptedException {
        assertThat(rows("helped one")).extracting(Row::mistake).containsExactly("wrong number", "");
    }

    @Test
    void armsThatAskTheSameShareTheAnswer() throws InterruptedException {
        evaluation(new Arm("none", Adviser.NONE), new Arm("silent", Adviser.NONE))
                .rows(List.of(task("helped one")));

        assertThat(model.prompts()).hasSize(1);
    }

    @Test
    void progressSaysWhoPassed() throws InterruptedException {
        rows("helped one");

        assertThat(told).singleElement().asString().contains("1 of 1", "helped one",
                "[tiny memory]");
    }

    private List<Row> rows(String... texts) throws InterruptedException {
        return evaluation(new Arm("none", Adviser.NONE), new Arm("memory", Adviser.of(RULE)))
                .rows(List.of(texts).stream().map(EvaluationTest::task).toList());
    }

    private Evaluation evaluation(Arm... arms) {
        return new Evaluation(new Solver(TaskVerifier.withoutCode()),
                List.of(new Reader(model, List.of(arms))),
                1, List.of(), told::add);
    }

    private static BenchmarkTask task(String text) {
        return new BenchmarkTask(text, "sums", new Task(text, text, new Project("experiment"), null,
                new Verifier.Answer("42")));
    }
}
