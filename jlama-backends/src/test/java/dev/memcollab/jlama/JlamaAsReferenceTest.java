package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.JlamaTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compares with Jlama's own forward pass, token by token, on the same weights.
@Tag("model")
class JlamaAsReferenceTest {
    private static final int[] TEXT = IntStream.range(0, 48).map(i -> 1000 + 37 * i * i % 9000)
            .toArray();

    @Test
    void logitsAreThoseOfJlama() throws IOException, InterruptedException {
        Path path = TestModels.require("smollm2-135m");
        float[] expected = jlama(path);
        Threads.choose(Runtime.getRuntime().availableProcessors());

        try (Engine engine = Engine.load(ModelDirectory.read(path), 128)) {
            assertClose(engine.read(TEXT), expected);

            float[] stepwise = engine.read(Arrays.copyOf(TEXT, 40));
            for (int i = 40; i < TEXT.length; i++) {
                stepwise = engine.append(TEXT[i]);
            }
            assertClose(stepwise, expected);
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).as("logit %d: %s against %s", i,
                    actual[i], expected[i]).isLessThan(2e-3f);
        }
    }

    private static float[] jlama(Path path) throws IOException {
        var json = JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        var config = json.readValue(path.resolve("config.json").toFile(), LlamaConfig.class);
        AbstractModel model = new LlamaModel(config, SafeTensorSupport.loadWeights(path.toFile()),
                new JlamaTokenizer(ByteLevelTokenizer.read(path)), DType.F32, DType.F32,
                Optional.empty());
        try (KvBufferCache.KvBuffer memory = new KvBufferCache(model).getEphemeralKvBuffer()) {
            AbstractTensor<?, ?> hidden = new FloatBufferTensor(1, 1);
            for (int i = 0; i < TEXT.length; i++) {
                hidden = model.forward(TEXT[i], i, memory, Optional.empty());
            }
            var logits = new FloatBufferTensor(1, config.vocabularySize);
            model.sample(hidden, 0f, 0f, logits);
            float[] row = new float[config.vocabularySize];
            for (int i = 0; i < row.length; i++) {
                row[i] = logits.get(0, i);
            }
            return row;
        } finally {
            model.close();
        }
    }
}
