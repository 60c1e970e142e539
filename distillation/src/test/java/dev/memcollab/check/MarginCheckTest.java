package dev.memcollab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Margin;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.contrast.Runs;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginCheckTest {
    private static final Constraint RULE = new Constraint("a list is walked", "a copy", "a change");
    // "action: good plan" has 3 tokens, "action: bad" 2.
    private static final Run PREFERRED = new Run("a", List.of(Step.action("good plan")), null);
    private static final Run UNPREFERRED = new Run("b", List.of(Step.action("bad")), null);

    private final ScriptedLanguageModel weak = new ScriptedLanguageModel("tiny")
            .scoring((prompt, run) -> score(prompt, run, -6, -6));
    private final ScriptedLanguageModel strong = new ScriptedLanguageModel("small")
            .scoring((prompt, run) -> score(prompt, run, -12, -2));
    private final MarginCheck check = new MarginCheck(new ModelPair(weak, strong),
            new Contrast(ContrastKind.RECORDED_PAIR, Runs.task(null), PREFERRED, UNPREFERRED, "",
                    Focus.CORRECTNESS));

    @Test
    void theMarginIsWhatTheConstraintAddsToThePreferenceATokenUnderEachModel()
            throws InterruptedException {
        // Without: -9/3 - -4/2 = -1. With, weak: -6/3 - -6/2 = 1; strong: -12/3 - -2/2 = -3.
        assertThat(check.margins(RULE)).containsExactly(new Margin(ModelRole.WEAK, "tiny", 2),
                new Margin(ModelRole.STRONG, "small", -2));
    }

    @Test
    void thePreferenceWithoutIsTakenOnceAModel() throws InterruptedException {
        check.margins(RULE);
        check.margins(new Constraint("a", "b", "c"));

        assertThat(weak.prompts()).hasSize(3);
        assertThat(strong.prompts()).hasSize(3);
    }

    private static double score(Prompt prompt, String run, double good, double bad) {
        boolean advised = prompt.toString().contains(RULE.sentence());
        if (run.contains("good")) {
            return advised ? good : -9;
        }
        return advised ? bad : -4;
    }
}
