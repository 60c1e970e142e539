package dev.memcollab.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.solve.Solver.Turn;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.FakeRunner;
import dev.memcollab.verify.TaskVerifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final Constraint RULE = new Constraint("numbers are added", "a carry", "haste");

    private final Solver solver = new Solver(
            TaskVerifier.running(FakeRunner.passing("return 1")));

    @Test
    void aRightAnswerPasses() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("so: #### 42");

        assertThat(solver.solve(model, task(new Verifier.Answer("42")), null).passed()).isTrue();
    }

    @Test
    void aWrongAnswerIsARunThatFailed() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("#### 41");

        var attempt = solver.solve(model, task(new Verifier.Answer("42")), null);

        assertThat(attempt.passed()).isFalse();
        assertThat(attempt.run().agent()).isEqualTo("tiny");
        assertThat(attempt.run().steps()).containsExactly(Step.action("#### 41"),
                Step.observation("the answer is wrong: got \"41\""));
    }

    @Test
    void theConstraintIsInFrontOnlyWhereThereIsOne() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").whenAsked(RULE.sentence(), "#### 42")
                .otherwise("#### 41");
        Task task = task(new Verifier.Answer("42"));

        assertThat(solver.solve(model, task, RULE).passed()).isTrue();
        assertThat(solver.solve(model, task, null).passed()).isFalse();
    }

    @Test
    void aModelIsNotAskedTheSameTwice() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("#### 41");
        var other = new ScriptedLanguageModel("large").otherwise("#### 42");
        Task task = task(new Verifier.Answer("42"));

        var attempt = solver.solve(model, task, null);

        assertThat(solver.solve(model, task, null)).isEqualTo(attempt);
        assertThat(model.prompts()).hasSize(1);
        assertThat(solver.solve(other, task, null).passed()).isTrue();
        assertThat(solver.solve(model, task(new Verifier.Answer("41")), null).passed()).isTrue();
    }

    @Test
    void afterAFailedTurnTheModelIsToldWhatWasSeen() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").whenAsked("got \"41\"", "#### 42")
                .otherwise("#### 41");

        var attempt = solver.solve(model, task(new Verifier.Answer("42")), Adviser.NONE, 3);

        assertThat(attempt.turns()).extracting(Turn::answer).containsExactly("#### 41", "#### 42");
        assertThat(attempt.passed()).isTrue();
        assertThat(attempt.run().steps()).containsExactly(Step.action("#### 41"),
                Step.observation("the answer is wrong: got \"41\""), Step.action("#### 42"),
                Step.observation("passed"));
    }

    @Test
    void whatWasAnsweredIsNotShownAgain() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("a long way round: #### 41");

        solver.solve(model, task(new Verifier.Answer("42")), Adviser.NONE, 2);

        assertThat(model.prompts().getLast().messages()).hasSize(2);
        assertThat(model.prompts().getLast().toString()).contains("add the numbers", "got \"41\"")
                .doesNotContain("a long way round");
    }

    @Test
    void whereTheSameWouldBeAskedAgainThereIsNoMoreTurn() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("#### 41");

        var attempt = solver.solve(model, task(new Verifier.Answer("42")), Adviser.NONE, 5);

        assertThat(attempt.turns()).hasSize(2);
        assertThat(attempt.passed()).isFalse();
    }

    @Test
    void thereAreNoMoreTurnsThanAllowed() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").whenAsked("got \"40\"", "#### 39")
                .whenAsked("got \"41\"", "#### 40").otherwise("#### 41");

        var attempt = solver.solve(model, task(new Verifier.Answer("42")), Adviser.NONE, 3);

        assertThat(attempt.turns()).hasSize(3);
        assertThat(attempt.passed()).isFalse();
    }

    @Test
    void adviceMayWaitForWhatFailed() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").whenAsked(RULE.sentence(), "#### 42")
                .otherwise("#### 41");

        var attempt = solver.solve(model, task(new Verifier.Answer("42")),
                (_, feedback) -> feedback.contains("41") ? List.of(RULE) : List.of(), 2);

        assertThat(attempt.turns()).extracting(Turn::lines).containsExactly(List.of(),
                List.of(RULE));
        assertThat(attempt.passed()).isTrue();
    }

    @Test
    void whatFollowsTheBlockOfCodeIsNotWaitedFor() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise(
                "```python\ndef f():\n    return 1\n```\n\nThis function returns one.");

        var attempt = solver.solve(model, task(new Verifier.Tests("assert f() == 1")), null);

        assertThat(attempt.answer()).isEqualTo("```python\ndef f():\n    return 1");
        assertThat(attempt.passed()).isTrue();
    }

    @Test
    void ofTheTestsOnlyTheFirstIsShown() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise("def f(): return 1");

        solver.solve(model, task(new Verifier.Tests("import os\nassert f() == 1\nassert f() == 2")),
                null);

        assertThat(model.prompts()).singleElement().asString().contains("assert f() == 1")
                .doesNotContain("assert f() == 2").doesNotContain("import os");
    }

    @Test
    void aTaskWithoutAVerifierIsNotSolved() {
        var model = new ScriptedLanguageModel("tiny");

        assertThat(solver.canJudge(task(null))).isFalse();
        assertThatNullPointerException().isThrownBy(() -> solver.solve(model, task(null), null));
    }

    @Test
    void aPlanIsAThought() throws InterruptedException {
        var model = new ScriptedLanguageModel("tiny").otherwise(" Add, then carry. ");

        assertThat(solver.plan(model, task(null))).isEqualTo(Step.thought("Add, then carry."));
    }

    private static Task task(@Nullable Verifier verifier) {
        return new Task("add the numbers", null, new Project("shop"), null, verifier);
    }
}
