package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightCountTest {
    /// An embedding of 10 × 32 with 5 bits, a layer with a matrix of 4 × 32, its norm and bias, the
    /// last norm.
    private static final String TIED = """
            {"model.embed_tokens.weight":
               {"dtype": "U8", "shape": [10, 16], "data_offsets": [0, 160]},
             "model.embed_tokens.weight.high":
               {"dtype": "U8", "shape": [10, 4], "data_offsets": [160, 200]},
             "model.embed_tokens.weight.scale":
               {"dtype": "BF16", "shape": [10, 1], "data_offsets": [200, 220]},
             "model.layers.0.input_layernorm.weight":
               {"dtype": "F32", "shape": [32], "data_offsets": [220, 348]},
             "model.layers.0.self_attn.q_proj.weight":
               {"dtype": "U8", "shape": [4, 16], "data_offsets": [348, 412]},
             "model.layers.0.self_attn.q_proj.weight.scale":
               {"dtype": "BF16", "shape": [4, 1], "data_offsets": [412, 420]},
             "model.layers.0.self_attn.q_proj.weight.shift":
               {"dtype": "BF16", "shape": [4, 1], "data_offsets": [420, 428]},
             "model.layers.0.self_attn.q_proj.bias":
               {"dtype": "F32", "shape": [4], "data_offsets": [428, 444]},
             "model.norm.weight":
               {"dtype": "F32", "shape": [32], "data_offsets": [444, 572]}""";
    private static final String HEAD = """
            , "lm_head.weight": {"dtype": "F32", "shape": [10, 32], "data_offsets": [572, 1852]}""";
    private static final int LAYER = 128 + 64 + 8 + 8 + 16;
    private static final int LAST_NORM = 128;

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("model.safetensors");
    }

    private void write(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(file, ByteBuffer.allocate(8 + json.length + 1852).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length).put(json).array());
    }

    @Test
    void anEmbeddingThatIsTheHeadTooCounts() throws IOException {
        write(TIED + "}");

        assertThat(WeightCount.of(file)).isEqualTo(
                new WeightCount(4 * 32, 10 * 32, 160 + 40 + 20 + LAYER + LAST_NORM));
    }

    @Test
    void ofAnEmbeddingBesideAHeadNothingCounts() throws IOException {
        write(TIED + HEAD + "}");

        assertThat(WeightCount.of(file)).isEqualTo(
                new WeightCount(4 * 32, 10 * 32, LAYER + LAST_NORM + 1280));
    }

    @Test
    void operationsAreTwoAWeight() {
        assertThat(new WeightCount(100, 10, 0).operations(5, 2)).isEqualTo(2 * (500 + 20));
    }

    @Test
    void aHeaderThatCanNotBeIsNamed() throws IOException {
        Files.write(file, new byte[]{1, 0, 0, 0, 0, 0, 0, 0, '{'});

        assertThatThrownBy(() -> WeightCount.of(file)).isInstanceOf(ModelFailedException.class)
                .hasMessageContainingAll(file.toString(), "2..", "got 1");
    }
}
