package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import dev.memcollab.jlama.network.FloatCopy;
import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.JlamaTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Compares with Jlama's own forward pass, token by token, on the same weights.
///
/// Jlama does not read our planes and gets their values as floats. That is done with the first layers
/// only, whose floats take a third of what those of all would: one layer is as the other.
@Tag("model")
class JlamaAsReferenceTest {
    private static final int[] TEXT = IntStream.range(0, 48).map(i -> 1000 + 37 * i * i % 9000)
            .toArray();

    private static final int LAYERS = 6;

    @TempDir(factory = InTarget.class)
    private Path directory;

    /// Floats are many, and the system's directory for temporary files may be small.
    private static final class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element,
                ExtensionContext extension) throws IOException {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "floats");
        }
    }

    @Test
    void logitsAreThoseOfJlama() throws IOException, InterruptedException {
        Path whole = TestModels.require("smollm2-135m");
        Path path = firstLayers(whole, "ours");
        Files.createLink(path.resolve("model.safetensors"),
                whole.resolve("model.safetensors"));
        Path floats = firstLayers(whole, "floats");
        FloatCopy.write(whole.resolve("model.safetensors"), floats.resolve("model.safetensors"),
                LAYERS);
        float[] expected = jlama(floats);
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

    private Path firstLayers(Path model, String name) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(name));
        var json = new ObjectMapper();
        var config = (ObjectNode) json.readTree(model.resolve("config.json").toFile());
        json.writeValue(copy.resolve("config.json").toFile(),
                config.put("num_hidden_layers", LAYERS));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(model.resolve(file), copy.resolve(file));
        }
        return copy;
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
