package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ScriptedLanguageModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelShelfTest {
    private final TickingClock clock = new TickingClock();
    private final ModelShelf shelf = new ModelShelf(() -> new ModelPair(
            new ScriptedLanguageModel("tiny"), new ScriptedLanguageModel("small")), clock);

    @Test
    void thePairIsKeptBetweenRuns() {
        ModelPair first = shelf.take();
        clock.advance(Duration.ofMinutes(4));
        shelf.tidy();

        assertThat(shelf.take()).isSameAs(first);
    }

    @Test
    void anIdlePairIsClosedAndOpenedAnew() {
        ModelPair first = shelf.take();
        clock.advance(Duration.ofMinutes(5));
        shelf.tidy();

        assertThatIllegalStateException().isThrownBy(first.weak()::name);
        assertThatIllegalStateException().isThrownBy(first.strong()::name);
        assertThat(shelf.take()).isNotSameAs(first);
    }

    @Test
    void theFirstModelIsClosedWhenTheSecondCannotBeOpened() {
        var weak = new ScriptedLanguageModel("tiny");

        assertThatThrownBy(() -> ModelShelf.open("tiny", "small", name -> {
            if (name.equals("small")) {
                throw new ModelFailedException("no model small");
            }
            return weak;
        })).hasMessage("no model small");

        assertThatIllegalStateException().isThrownBy(weak::name);
    }
}
