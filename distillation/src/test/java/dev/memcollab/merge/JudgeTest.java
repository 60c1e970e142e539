package dev.memcollab.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.ScriptedLanguageModel;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Constraint ONE = new Constraint("a list is walked", "a copy", "a change");
    private static final Constraint OTHER = new Constraint("an array is walked", "a snapshot",
            "a mutation");

    private final ScriptedLanguageModel model = new ScriptedLanguageModel("small")
            .scoring(JudgeTest::score);

    @Test
    void aVerdictIsTheLogOddsOfYesForEachSlotInBothOrders() throws InterruptedException {
        // It says 4 one way round and 1 the other, of the triggers alone.
        assertThat(new Judge(model).verdict(ONE, OTHER)).isEqualTo(new Verdict(2.5, 0, 0));
    }

    @Test
    void aSlotIsSetAgainstTheSameSlotAlone() throws InterruptedException {
        new Judge(model).verdict(ONE, OTHER);

        assertThat(model.prompts()).hasSize(6).noneSatisfy(
                prompt -> assertThat(prompt.toString()).contains("a copy").contains("a mutation"));
    }

    @Test
    void noSlotOutvotesTheOthers() {
        assertThat(new Verdict(9, -0.5, -0.5).agreement()).isZero();
        assertThat(new Verdict(2, 2, 2).agreement()).isEqualTo(3);
    }

    private static double score(Prompt prompt, String answer) {
        String asked = prompt.toString();
        if (!asked.contains("Situation") || answer.equals(" no")) {
            return -5;
        }
        return asked.contains("Situation A: " + ONE.when()) ? -1 : -4;
    }
}
