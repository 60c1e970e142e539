package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.ChatTemplate;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.LanguageModelContract;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JlamaLanguageModelTest extends LanguageModelContract {
    /// What rounding the activations of long texts may change.
    private static final double ROUNDING = 0.3;

    private @Nullable JlamaLanguageModel model;

    @Override
    protected JlamaLanguageModel model() {
        JlamaLanguageModel open = model == null ? open() : model;
        model = open;
        return open;
    }

    @Override
    protected LanguageModel fresh() {
        return open();
    }

    private static JlamaLanguageModel open() {
        return JlamaLanguageModel.open(TestModels.require("smollm2-135m"),
                JlamaLanguageModel.Options.standard().withContextTokens(512));
    }

    @AfterAll
    void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void seedsMakeDifferentSamples() throws InterruptedException {
        Generation one = model().generate(prompt(), Decoding.sampled(24, 1.5f, 1L));
        Generation two = model().generate(prompt(), Decoding.sampled(24, 1.5f, 2L));

        assertThat(one.text()).isNotEqualTo(two.text());
    }

    @Test
    void aMaskMakesTheModelSayWhatItWouldNot() throws InterruptedException {
        Decoding digits = Decoding.greedy(6)
                .allowing((soFar, next) -> next.chars().allMatch(c -> c >= '0' && c <= '9')
                        && !next.isEmpty());

        assertThat(model().generate(prompt(), digits).text()).matches("[0-9]{6,}");
    }

    @Test
    void anAnswerGrownCallByCallIsTheOneOfASingleCall() throws InterruptedException {
        String whole = model().generate(prompt(), Decoding.greedy(8)).text();

        var grown = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            Prompt next = prompt().answering(grown.toString());
            grown.append(model().generate(next, Decoding.greedy(1)).text());
        }

        assertThat(grown).hasToString(whole);
    }

    @Test
    void aReusedPrefixGivesTheAnswerOfAFreshModel() throws InterruptedException {
        Prompt other = Prompt.of("You are a helpful assistant.", "Name three kinds of trees.");
        model().generate(prompt(), Decoding.greedy(20));
        Generation reused = model().generate(other, Decoding.greedy(20));

        try (LanguageModel fresh = fresh()) {
            assertThat(fresh.generate(other, Decoding.greedy(20))).isEqualTo(reused);
        }
    }

    @Test
    void draftingChangesNoAnswer() throws InterruptedException {
        Prompt repeating = Prompt.of("You repeat what you are told.",
                "Repeat: one fine day, two fine days, three fine days, four fine days.");
        try (LanguageModel plain = JlamaLanguageModel.open(TestModels.require("smollm2-135m"),
                JlamaLanguageModel.Options.standard().withContextTokens(512)
                        .withDrafting(false))) {
            for (Decoding decoding : List.of(Decoding.greedy(50), Decoding.greedy(7),
                    Decoding.greedy(50).until("three fine"), Decoding.sampled(50, 0.6f, 5),
                    Decoding.greedy(20).allowing((soFar, _) -> soFar.length() < 30))) {
                assertThat(model().generate(repeating, decoding)).as("%s", decoding)
                        .isEqualTo(plain.generate(repeating, decoding));
            }
        }
    }

    @Test
    void scoringInABatchIsScoringTokenByToken() throws InterruptedException {
        String text = model().generate(prompt(), Decoding.greedy(40)).text();

        double together = model().score(prompt(), List.of(text)).getFirst().logProbability();

        try (Engine engine = engine()) {
            assertThat(stepwise(engine, text)).isCloseTo(together, within(ROUNDING));
        }
    }

    @Test
    void continuationsThatBeginAlikeScoreAsEachByItself() throws InterruptedException {
        List<String> continuations = List.of(" Oaks, elms and limes.", " Oaks, elms and",
                " Oaks, elms and firs are three of them.", " Oaks", " Birches.", " Birches.");

        List<Score> together = model().score(prompt(), continuations);

        for (int i = 0; i < continuations.size(); i++) {
            Score alone = model().score(prompt(), List.of(continuations.get(i))).getFirst();
            assertThat(together.get(i).tokens()).isEqualTo(alone.tokens());
            assertThat(together.get(i).logProbability()).as(continuations.get(i))
                    .isCloseTo(alone.logProbability(), within(1e-2));
        }
    }

    @Test
    void whatContinuationsHaveInCommonIsReadOnce() throws InterruptedException {
        String story = " Once there was a tree that stood by a river, and nobody knew its name.";
        model().score(prompt(), List.of(" One."));
        TokenCounts before = model().counts();
        List<Score> scores = model().score(prompt(), List.of(story + " One.", story + " Two."));

        TokenCounts counts = model().counts().since(before);

        assertThat(counts.known()).isEqualTo(model().countTokens(prompt()) - 1);
        assertThat(counts.read()).isLessThan(scores.getFirst().tokens() + 6L);
    }

    @Test
    void aTextReadBeforeOthersIsKnownAndGivesTheSameLogits() throws InterruptedException {
        aTextIsKnown(40, 60, 0.999_999);
    }

    @Test
    void aLongTextReadBeforeOthersIsKnownAndGivesNearlyTheSameLogits()
            throws InterruptedException {
        aTextIsKnown(200, 220, 0.995);
    }

    private static void aTextIsKnown(int length, int longerLength, double alike)
            throws InterruptedException {
        try (Engine engine = engine(); Engine fresh = engine()) {
            for (int other = 0; other < 12; other++) {
                engine.read(text(other, 90));
            }
            float[] first = engine.read(text(50, length));
            float[] others = engine.read(text(51, 150));
            engine.append(7);
            int[] longer = Arrays.copyOf(text(50, length), longerLength);

            assertThat(engine.known(text(50, length))).isEqualTo(length);
            assertThat(engine.known(text(0, 90))).isLessThan(90); // long ago
            assertThat(correlation(engine.read(text(50, length)), first)).isBetween(alike, 1.0001);
            assertThat(engine.known(longer)).isEqualTo(length);
            assertThat(correlation(engine.read(longer), fresh.read(longer)))
                    .isBetween(alike, 1.0001);
            assertThat(correlation(others, first)).isLessThan(0.99);
        }
    }

    /// Of the logits of two texts: activations of long ones are rounded, where a sum's last bit decides.
    private static double correlation(float[] some, float[] others) {
        double mean = mean(some);
        double othersMean = mean(others);
        double both = 0;
        double squares = 0;
        double othersSquares = 0;
        for (int i = 0; i < some.length; i++) {
            double x = some[i] - mean;
            double y = others[i] - othersMean;
            both += x * y;
            squares += x * x;
            othersSquares += y * y;
        }
        return both / Math.sqrt(squares * othersSquares);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static int[] text(int which, int length) {
        return IntStream.range(0, length).map(i -> 500 + (which * 911 + i * 37) % 9000).toArray();
    }

    private static Engine engine() {
        ModelDirectory directory = ModelDirectory.read(TestModels.require("smollm2-135m"));
        return Engine.load(directory, 512);
    }

    private double stepwise(Engine engine, String text) throws InterruptedException {
        Path path = TestModels.require("smollm2-135m");
        var tokenizer = ByteLevelTokenizer.read(path);
        int[] prompt = ChatTemplate.read(path).encode(prompt(),
                tokenizer);
        double sum = 0;
        float[] logits = engine.read(prompt);
        for (int id : tokenizer.encodeUntrusted(text)) {
            sum += Logits.logProbability(logits, id);
            logits = engine.append(id);
        }
        return sum;
    }

    @Test
    void anInterruptAmidAnAnswerEndsItSoon() throws InterruptedException, ExecutionException {
        Generation before = model().generate(prompt(), Decoding.greedy(6));
        var begun = new CountDownLatch(1);
        Decoding endless = Decoding.greedy(400).allowing((soFar, next) -> {
            begun.countDown();
            return !next.isEmpty();
        });
        var task = new FutureTask<>(() -> {
            assertThatThrownBy(() -> model().generate(prompt(), endless))
                    .isInstanceOf(InterruptedException.class);
            return true;
        });
        Thread caller = Thread.ofPlatform().start(task);

        begun.await();
        caller.interrupt();

        assertThat(task.get()).isTrue();
        assertThat(model().generate(prompt(), Decoding.greedy(6))).isEqualTo(before);
    }

    @Test
    void nothingIsWrittenToStandardOutput() throws InterruptedException {
        PrintStream before = System.out;
        var written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (LanguageModel fresh = fresh()) {
            fresh.generate(prompt(), Decoding.greedy(2));
        } finally {
            System.setOut(before);
        }

        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aDirectoryWithoutAModelNamesTheFileAndTheCommand(@TempDir Path empty) {
        assertThatThrownBy(() -> JlamaLanguageModel.open(empty))
                .isInstanceOf(ModelFailedException.class).hasMessage("no model at " + empty
                        + ": config.json is missing: run memcollab models pull");
    }

    @Test
    void weightsThatAreCutAreRefused(@TempDir Path directory) throws IOException {
        Path whole = TestModels.require("smollm2-135m");
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(whole.resolve(file), directory.resolve(file));
        }
        try (var in = Files.newInputStream(whole.resolve("model.safetensors"))) {
            Files.write(directory.resolve("model.safetensors"),
                    in.readNBytes(1 << 20));
        }

        assertThatThrownBy(() -> JlamaLanguageModel.open(directory))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContainingAll(directory.toString(), "pull the model again");
    }

    @Test
    void optionsHaveLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JlamaLanguageModel.Options.standard().withThreads(0))
                .withMessageContaining("threads must lie in 1..");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JlamaLanguageModel.Options.standard().withContextTokens(3))
                .withMessage("contextTokens must be at least 16, got 3");
    }
}
