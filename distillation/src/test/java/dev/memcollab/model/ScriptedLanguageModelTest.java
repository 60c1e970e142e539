package dev.memcollab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedLanguageModelTest extends LanguageModelContract {
    private final LanguageModel model = fresh();

    @Override
    protected LanguageModel model() {
        return model;
    }

    @Override
    protected LanguageModel fresh() {
        return new ScriptedLanguageModel("scripted", 64)
                .otherwise("Red, orange and yellow are three of the seven colours.");
    }

    @Test
    void theFirstConditionThatHoldsAnswers() throws InterruptedException {
        var scripted = new ScriptedLanguageModel("scripted").whenAsked("blue", "sky")
                .otherwise("grass");

        assertThat(scripted.generate(Prompt.of("", "what is blue?"), Decoding.greedy(4)).text())
                .isEqualTo("sky");
        assertThat(scripted.generate(Prompt.of("", "what is green?"), Decoding.greedy(4)).text())
                .isEqualTo("grass");
    }

    @Test
    void itRemembersWhatItWasAsked() throws InterruptedException {
        var scripted = new ScriptedLanguageModel("scripted").otherwise("yes")
                .scoring((prompt, continuation) -> continuation.equals("yes") ? -0.5 : -3);

        scripted.generate(prompt(), Decoding.greedy(1));
        List<Score> scores = scripted.score(prompt().answering("I say"), List.of("yes", "no"));

        assertThat(scripted.prompts()).containsExactly(prompt(), prompt().answering("I say"));
        assertThat(scores).containsExactly(new Score(1, -0.5), new Score(1, -3));
    }

    @Test
    void aPromptWithoutAnAnswerFailsTheTest() {
        var silent = new ScriptedLanguageModel("silent");

        assertThatThrownBy(() -> silent.generate(prompt(), Decoding.greedy(1)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("silent has no answer");
    }
}
