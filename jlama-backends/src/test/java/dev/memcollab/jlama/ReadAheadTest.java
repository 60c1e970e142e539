package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.ChatTemplate;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drafting on a real model, with a prompt whose words come again in the answer.
@Tag("model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadAheadTest {
    private static final int MAX_TOKENS = 40;
    private static final Prompt REPEATING = Prompt.of("You repeat what you are told.", """
            Repeat this list, line by line, and nothing else:
            - red apples from the garden
            - green apples from the market
            - red pears from the garden
            - green pears from the market""").answering("- red apples from the garden\n");

    private static final int[] NONE = {};

    private Engine engine;
    private ByteLevelTokenizer tokenizer;
    private int[] prompt;

    @BeforeAll
    void load() {
        Path path = TestModels.require("smollm2-135m");
        Threads.choose(Runtime.getRuntime().availableProcessors());
        engine = Engine.load(ModelDirectory.read(path), 512);
        tokenizer = ByteLevelTokenizer.read(path);
        prompt = ChatTemplate.read(path).encode(REPEATING, tokenizer);
    }

    @AfterAll
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    static Stream<Decoding> decodings() {
        return Stream.of(Decoding.greedy(MAX_TOKENS), Decoding.sampled(MAX_TOKENS, 0.4f, 3),
                Decoding.sampled(MAX_TOKENS, 0.7f, 11),
                Decoding.greedy(MAX_TOKENS).allowing((_, next) -> !next.contains("pears")));
    }

    @ParameterizedTest
    @MethodSource("decodings")
    void draftingChangesNoToken(Decoding decoding) throws InterruptedException {
        var plain = new ReadAhead(engine, NONE, prompt, MAX_TOKENS, false);
        var drafted = new ReadAhead(engine, NONE, prompt, MAX_TOKENS, true);

        Said expected = say(plain, decoding);
        Said actual = say(drafted, decoding);

        assertThat(actual.ids).isEqualTo(expected.ids);
        for (int i = 0; i < expected.logits.size(); i++) {
            assertClose(actual.logits.get(i), expected.logits.get(i));
        }
    }

    @Test
    void draftedTokensAreAccepted() throws InterruptedException {
        var drafted = new ReadAhead(engine, NONE, prompt, MAX_TOKENS, true);

        Said said = say(drafted, Decoding.greedy(MAX_TOKENS));

        assertThat(said.ids).hasSize(MAX_TOKENS);
        assertThat(drafted.passes()).isLessThan(MAX_TOKENS * 2 / 3);
    }

    @Test
    void whatWasAnsweredBeforeIsDraftedFrom() throws InterruptedException {
        var first = new ReadAhead(engine, NONE, prompt, MAX_TOKENS, false);
        Said said = say(first, Decoding.greedy(MAX_TOKENS));
        var again = new ReadAhead(engine, first.answer(), prompt, MAX_TOKENS, true);

        assertThat(say(again, Decoding.greedy(MAX_TOKENS)).ids()).isEqualTo(said.ids());
        assertThat(again.passes()).isLessThan(first.passes() / 2);
    }

    @Test
    void refusedTokensDoNotCountAsRead() throws InterruptedException {
        int[] text = {1, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 499, 500, 501};
        var ahead = new ReadAhead(engine, NONE, text, 20, true);
        engine.read(text);

        ahead.after(502); // 503, 504 and 505 are drafted
        ahead.after(503);
        ahead.after(900);

        int[] chosen = {502, 503, 900};
        assertThat(engine.known(joined(text, chosen, 504, 505))).isEqualTo(text.length + 3);
        assertThat(engine.known(joined(text, new int[]{502, 503}, 504, 505)))
                .isEqualTo(text.length + 2);
        assertThat(ahead.passes()).isEqualTo(2);
    }

    @Test
    void whatIsLeftUnusedWhenAnAnswerEndsIsReadAgain() throws InterruptedException {
        int[] text = {1, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 499, 500, 501};
        var ahead = new ReadAhead(engine, NONE, text, 20, true);
        engine.read(text);
        ahead.after(502);

        int[] longer = joined(text, new int[]{502}, 503, 504, 700);

        assertThat(engine.known(longer)).isEqualTo(text.length + 1);
        float[] actual = engine.read(longer);
        engine.read(new int[]{1});
        engine.read(text);
        float[] expected = {};
        for (int id : new int[]{502, 503, 504, 700}) {
            expected = engine.append(id);
        }
        assertClose(actual, expected);
    }

    @Test
    void anInterruptedPassLeavesWhatWasReadBefore() throws InterruptedException {
        int[] text = {1, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 499, 500, 501};
        var ahead = new ReadAhead(engine, NONE, text, 20, true);
        engine.read(text);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ahead.after(502)).isInstanceOf(InterruptedException.class);
        assertThat(engine.known(joined(text, new int[]{502}, 503))).isEqualTo(text.length);
    }

    @Test
    void noMoreIsDraftedThanTheAnswerMayHold() throws InterruptedException {
        int[] text = {1, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 499, 500, 501};
        var ahead = new ReadAhead(engine, NONE, text, 3, true);
        engine.read(text);

        ahead.after(502);
        ahead.after(503);
        ahead.after(504); // an answer ends before it is read

        assertThat(ahead.passes()).isEqualTo(2);
    }

    /// Not equal bit by bit: the compiler adds up lanes in another order than the interpreter.
    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst).isLessThan(2e-3f);
    }

    private static int[] joined(int[] text, int[] chosen, int... others) {
        return Stream.of(text, chosen, others).flatMapToInt(Arrays::stream).toArray();
    }

    /// An answer's tokens, and the logits after each but the last.
    private record Said(List<Integer> ids, List<float[]> logits) {}

    private Said say(ReadAhead ahead, Decoding decoding) throws InterruptedException {
        var said = new Said(new ArrayList<>(), new ArrayList<>());
        var answer = new Answer(tokenizer, List.of());
        var choice = new TokenChoice(decoding, tokenizer, Set.of());
        float[] logits = engine.read(prompt);
        while (true) {
            int id = choice.next(logits, answer).orElseThrow();
            said.ids.add(id);
            answer.append(id);
            if (said.ids.size() == decoding.maxTokens()) {
                return said;
            }
            logits = ahead.after(id);
            said.logits.add(logits);
        }
    }
}
