package dev.memcollab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.check.ReplayCheck.Control;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Replay;
import dev.memcollab.contrast.Runs;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayCheckTest {
    private static final Constraint RULE = new Constraint("a list is walked", "a copy", "a change");
    private static final Trajectory RECORDED = recorded("replayed task");
    private static final Trajectory FIRST = recorded("first control");
    private static final Trajectory SECOND = recorded("second control");

    private final ScriptedLanguageModel weak = new ScriptedLanguageModel("tiny");

    @Test
    void aPassThatNeitherAPlaceboBringsNorAControlPaysForFlips() throws InterruptedException {
        answer("replayed task", RULE.sentence(), "#### 42");
        answer("control", RULE.sentence(), "#### 42");
        weak.otherwise("#### 41");

        Replay replay = replay();

        assertThat(replay).isEqualTo(
                new Replay(ModelRole.WEAK, "tiny", RECORDED.id(), true, false, 2, 0));
        assertThat(replay.flips()).isTrue();
    }

    @Test
    void whatFailsIsTriedOnNothingElse() throws InterruptedException {
        weak.otherwise("#### 41");

        assertThat(replay()).isEqualTo(
                new Replay(ModelRole.WEAK, "tiny", RECORDED.id(), false, false, 0, 0));
        assertThat(weak.prompts()).hasSize(1);
    }

    @Test
    void whereAnyLineHelpsThePassSaysNothing() throws InterruptedException {
        weak.otherwise("#### 42");

        Replay replay = replay();

        assertThat(replay).isEqualTo(
                new Replay(ModelRole.WEAK, "tiny", RECORDED.id(), true, true, 0, 0));
        assertThat(replay.flips()).isFalse();
    }

    @Test
    void controlsThatFailWithItAreCounted() throws InterruptedException {
        answer("replayed task", RULE.sentence(), "#### 42");
        answer("first control", RULE.sentence(), "#### 42");
        weak.otherwise("#### 41");

        Replay replay = replay();

        assertThat(replay.controls()).isEqualTo(2);
        assertThat(replay.broken()).isEqualTo(1);
        assertThat(replay.brokenAt()).isEqualTo(0.5);
    }

    @Test
    void thePlaceboIsTriedOnceForAllRules() throws InterruptedException {
        weak.otherwise("#### 42");
        ReplayCheck check = check();

        check.replay(RULE, ModelRole.WEAK);
        check.replay(new Constraint("a list is walked", "a snapshot", "a change"), ModelRole.WEAK);

        assertThat(weak.prompts()).hasSize(3);
    }

    private Replay replay() throws InterruptedException {
        return check().replay(RULE, ModelRole.WEAK);
    }

    private ReplayCheck check() {
        return new ReplayCheck(new ModelPair(weak, new ScriptedLanguageModel("small")),
                new Solver(TaskVerifier.withoutCode()), RECORDED,
                (model, constraint) -> List.of(new Control(FIRST.task(), 0.7),
                        new Control(SECOND.task(), 0.5)));
    }

    private void answer(String task, String advice, String answer) {
        weak.when(prompt -> prompt.toString().contains(task)
                && prompt.toString().contains(advice), answer);
    }

    private static Trajectory recorded(String task) {
        return Runs.run(Runs.task(task, new Verifier.Answer("42")), 1, Outcome.SUCCESS,
                Step.action("42"));
    }
}
