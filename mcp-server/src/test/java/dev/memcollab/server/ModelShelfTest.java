package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ScriptedLanguageModel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelShelfTest {
    private final TickingClock clock = new TickingClock();
    private final ModelShelf shelf = new ModelShelf(() -> new ModelPair(
            new ScriptedLanguageModel("tiny"), new ScriptedLanguageModel("small")), clock);

    @Test
    void thePairIsKeptBetweenRuns() {
        ModelPair first = shelf.take();
        shelf.putBack();
        clock.advance(Duration.ofMinutes(4));
        shelf.tidy();

        assertThat(shelf.take()).isSameAs(first);
    }

    @Test
    void anIdlePairIsClosedAndOpenedAnew() {
        ModelPair first = shelf.take();
        shelf.putBack();
        clock.advance(Duration.ofMinutes(5));
        shelf.tidy();

        assertThatIllegalStateException().isThrownBy(first.weak()::name);
        assertThatIllegalStateException().isThrownBy(first.strong()::name);
        assertThat(shelf.take()).isNotSameAs(first);
    }

    @Test
    void nothingIsOpenedBeforeTheFirstUse() {
        var opened = new AtomicInteger();
        var untaken = new ModelShelf(() -> {
            opened.incrementAndGet();
            return new ModelPair(new ScriptedLanguageModel("tiny"),
                    new ScriptedLanguageModel("small"));
        }, clock);

        clock.advance(Duration.ofMinutes(5));
        untaken.tidy();
        untaken.close();
        assertThat(opened).hasValue(0);

        untaken.take();
        untaken.take();
        assertThat(opened).hasValue(1);
    }

    @Test
    void idleTimeBeginsWhenTheWorkIsDone() {
        ModelPair pair = shelf.take();
        clock.advance(Duration.ofMinutes(10));
        shelf.putBack();
        clock.advance(Duration.ofMinutes(4));
        shelf.tidy();

        assertThat(shelf.take()).isSameAs(pair);
        assertThat(pair.weak().name()).isEqualTo("tiny");
    }

    @Test
    void aPairThatIsInUseIsNotDropped() {
        ModelPair pair = shelf.take();
        clock.advance(Duration.ofMinutes(10));
        shelf.tidy();

        assertThat(pair.strong().name()).isEqualTo("small");
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
