package dev.memcollab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.Generation.End;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [LanguageModel] promises; each adapter's test extends it.
public abstract class LanguageModelContract {
    /// The model under test, open; the same one may be given again.
    protected abstract LanguageModel model();

    /// A model that the test may close.
    protected abstract LanguageModel fresh();

    /// A prompt that is answered with at least three words.
    protected Prompt prompt() {
        return Prompt.of("You are a helpful assistant.", "Name three colours of the rainbow.");
    }

    @Test
    void theSamePromptGivesTheSameGreedyAnswer() throws InterruptedException {
        Generation first = model().generate(prompt(), Decoding.greedy(12));
        Generation second = model().generate(prompt(), Decoding.greedy(12));

        assertThat(second).isEqualTo(first);
        assertThat(first.text()).isNotBlank();
    }

    @Test
    void theSameSeedGivesTheSameSample() throws InterruptedException {
        Generation first = model().generate(prompt(), Decoding.sampled(12, 1f, 42L));
        Generation second = model().generate(prompt(), Decoding.sampled(12, 1f, 42L));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anAnswerHasNoMoreThanItsTokens() throws InterruptedException {
        Generation two = model().generate(prompt(), Decoding.greedy(2));

        assertThat(two.tokens()).isEqualTo(2);
        assertThat(two.end()).isEqualTo(End.LENGTH);
    }

    @Test
    void theTokensOfThePromptAreCounted() throws InterruptedException {
        int counted = model().countTokens(prompt());

        assertThat(counted).isPositive();
        assertThat(model().generate(prompt(), Decoding.greedy(1)).promptTokens())
                .isEqualTo(counted);
        assertThat(model().countTokens(prompt().answering("Red and"))).isGreaterThan(counted);
    }

    @Test
    void anAnswerEndsBeforeItsStop() throws InterruptedException {
        String text = model().generate(prompt(), Decoding.greedy(12)).text();
        String stop = text.substring(text.length() / 2, text.length() / 2 + 2);

        Generation stopped = model().generate(prompt(), Decoding.greedy(12).until("~~~~", stop));

        assertThat(stopped.text()).isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(stopped.end()).isEqualTo(End.STOP);
    }

    @Test
    void aMaskThatAllowsNothingEndsTheAnswer() throws InterruptedException {
        Decoding nothing = Decoding.greedy(8).allowing((soFar, next) -> false);

        Generation answer = model().generate(prompt(), nothing);

        assertThat(answer.text()).isEmpty();
        assertThat(answer.tokens()).isZero();
        assertThat(answer.end()).isEqualTo(End.MASK);
    }

    @Test
    void aMaskIsAskedForTheEndWithTheEmptyText() throws InterruptedException {
        Decoding onlyTheEnd = Decoding.greedy(8).allowing((soFar, next) -> next.isEmpty());

        Generation answer = model().generate(prompt(), onlyTheEnd);

        assertThat(answer.text()).isEmpty();
        assertThat(answer.end()).isEqualTo(End.TURN);
    }

    @Test
    void noTokenEntersAgainstTheMask() throws InterruptedException {
        TokenMask atMostTen = (soFar, next) -> soFar.length() + next.length() <= 10;

        for (Decoding decoding : List.of(Decoding.greedy(12), Decoding.sampled(12, 1f, 7L))) {
            Generation answer = model().generate(prompt(), decoding.allowing(atMostTen));
            assertThat(answer.text()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void aMaskSeesWhatWasGeneratedBefore() throws InterruptedException {
        var heard = new StringBuilder();
        Decoding listening = Decoding.greedy(6).allowing((soFar, next) -> {
            heard.setLength(0);
            heard.append(soFar);
            return true;
        });

        Generation answer = model().generate(prompt(), listening);

        assertThat(answer.text()).startsWith(heard.toString());
        assertThat(heard).isNotEmpty();
    }

    @Test
    void continuationsAreScoredInTheirOrder() throws InterruptedException {
        List<String> continuations = List.of("Red, orange and yellow.", "Seven", "Seven colours");

        List<Score> together = model().score(prompt(), continuations);

        assertThat(together).hasSize(3).allSatisfy(score -> {
            assertThat(score.logProbability()).isNegative();
            assertThat(score.perToken()).isEqualTo(score.logProbability() / score.tokens());
        });
        for (int i = 0; i < continuations.size(); i++) {
            Score alone = model().score(prompt(), List.of(continuations.get(i))).getFirst();
            assertThat(alone.tokens()).isEqualTo(together.get(i).tokens());
            assertThat(Math.abs(alone.logProbability() - together.get(i).logProbability()))
                    .isLessThan(1e-3);
        }
    }

    @Test
    void anEmptyContinuationHasNoScore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().score(prompt(), List.of("Red", "")))
                .withMessageContaining("continuations[1]");
    }

    @Test
    void aPromptThatDoesNotFitIsRefused() {
        String tooLong = "colours ".repeat(model().contextTokens());

        assertThatThrownBy(() -> model().generate(Prompt.of("", tooLong), Decoding.greedy(1)))
                .isInstanceOf(PromptTooLongException.class).hasMessageContaining(model().name());
        assertThatThrownBy(() -> model().score(prompt(), List.of("Red", tooLong)))
                .isInstanceOf(PromptTooLongException.class);
        assertThatThrownBy(() -> model().generate(prompt(),
                Decoding.greedy(model().contextTokens())))
                .isInstanceOf(PromptTooLongException.class);
    }

    @Test
    void anInterruptEndsTheCallAndLeavesTheModelUsable() throws InterruptedException {
        Generation before = model().generate(prompt(), Decoding.greedy(6));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> model().generate(prompt(), Decoding.greedy(6)))
                .isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> model().score(prompt(), List.of("Red")))
                .isInstanceOf(InterruptedException.class);

        assertThat(model().generate(prompt(), Decoding.greedy(6))).isEqualTo(before);
    }

    @Test
    void concurrentCallersWaitForOneAnother() throws InterruptedException, ExecutionException {
        Generation alone = model().generate(prompt(), Decoding.greedy(6));

        try (var callers = Executors.newFixedThreadPool(3)) {
            List<Future<Generation>> answers = IntStream.range(0, 3).mapToObj(
                    i -> callers.submit(() -> model().generate(prompt(), Decoding.greedy(6))))
                    .toList();
            for (Future<Generation> answer : answers) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void aClosedModelSaysSo() {
        LanguageModel closed = fresh();
        closed.close();
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> closed.generate(prompt(), Decoding.greedy(1)));
        assertThatIllegalStateException().isThrownBy(() -> closed.score(prompt(), List.of("Red")));
        assertThatIllegalStateException().isThrownBy(() -> closed.countTokens(prompt()));
        assertThatIllegalStateException().isThrownBy(closed::contextTokens);
        assertThatIllegalStateException().isThrownBy(closed::name);
    }
}
