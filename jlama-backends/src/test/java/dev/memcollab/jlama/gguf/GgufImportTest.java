package dev.memcollab.jlama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.jlama.kernel.Weights;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufImportTest {
    private static final String SHA = "0".repeat(64);
    private static final float BF16 = 0x1p-8f; // half of its last bit, relative
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;

    @Test
    void rowsOfQueriesAndKeysAreBackInOrderAndOnlyScalesAreRounded() throws Exception {
        var tensors = new ImportedTensors(imported("tiny-llama"));

        expected("tiny-llama").forEach((name, expected) -> {
            var values = tensors.values(name);
            for (int i = 0; i < expected.length; i++) {
                assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i],
                        within(BF16 * Math.abs(expected[i])));
            }
        });
    }

    @Test
    void vectorsOfAnyModelAreCopied() throws Exception {
        var tensors = new ImportedTensors(imported("tiny-qwen2"));

        expected("tiny-qwen2").forEach((name, expected) -> {
            if (tensors.isPlain(name)) {
                assertThat(tensors.values(name)).as(name).isEqualTo(expected);
            }
        });
    }

    @Test
    void aMatrixOfAnyTypeKeepsItsBitsAndItsValues() throws Exception {
        var tensors = new ImportedTensors(imported("tiny-qwen2"));

        var formats = formats("tiny-qwen2");
        expected("tiny-qwen2").forEach((name, expected) -> {
            if (tensors.isPlain(name)) {
                return;
            }
            assertThat(tensors.format(name)).as(name).isEqualTo(formats.get(name));
            var values = tensors.values(name);
            float most = 0;
            for (int i = 0; i < expected.length; i++) {
                if (i % 32 == 0) {
                    most = most(expected, i);
                }
                assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i],
                        within(2 * BF16 * most));
            }
        });
    }

    private static float most(float[] values, int from) {
        float most = 0;
        for (int i = from; i < from + 32; i++) {
            most = Math.max(most, Math.abs(values[i]));
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-llama", "tiny-qwen2"})
    void tensorsFillTheFileWithoutGapsAndBeginAligned(String model) throws Exception {
        var tensors = new ImportedTensors(imported(model));

        long end = 0;
        for (var tensor : tensors.header()) {
            assertThat(tensor.path("data_offsets").path(0).longValue()).isEqualTo(end);
            end = tensor.path("data_offsets").path(1).longValue();
        }
        assertThat(tensors.start() % 64).isZero();
        assertThat(tensors.start() + end).isEqualTo(tensors.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-llama", "tiny-qwen2"})
    void noPlaneIsSoNearToTheEndThatItMustBeCopied(String model) throws Exception {
        var tensors = new ImportedTensors(imported(model));

        tensors.header().properties().forEach(entry -> {
            if (!tensors.isPlain(entry.getKey())) {
                long end = entry.getValue().path("data_offsets").path(1).longValue();
                assertThat(tensors.start() + end).as(entry.getKey())
                        .isLessThanOrEqualTo(tensors.length() - Weights.BEYOND);
            }
        });
    }

    @Test
    void theConfigurationSaysWhatTheMetadataSays() throws Exception {
        var config = json(imported("tiny-qwen2").resolve("config.json"));

        assertThat(config).isEqualTo(JSON.readTree("""
                {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 32,
                 "intermediate_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2,
                 "num_hidden_layers": 2, "rms_norm_eps": 1e-6, "vocab_size": 13, "bos_token_id": 8,
                 "eos_token_id": 10, "hidden_act": "silu", "max_position_embeddings": 8192,
                 "rope_theta": 1000000.0, "tie_word_embeddings": false, "torch_dtype": "float32"}
                """));
    }

    @Test
    void theContextOfAModelIsNeverStretched() throws Exception {
        var config = json(imported("tiny-llama").resolve("config.json"));

        assertThat(config.path("max_position_embeddings").intValue()).isEqualTo(2048);
        assertThat(config.path("tie_word_embeddings").booleanValue()).isTrue();
    }

    @Test
    void theTokenizerKeepsAddedTokensApartAndLeavesUnusedOnesAsText() throws Exception {
        var tokenizer = json(imported("tiny-qwen2").resolve("tokenizer.json"));

        assertThat(tokenizer.path("added_tokens").findValuesAsText("content")).containsExactly(
                "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>");
        assertThat(tokenizer.path("added_tokens").findValuesAsText("special"))
                .containsExactly("true", "true", "true", "false");
        assertThat(tokenizer.path("added_tokens").path(3).path("id").intValue()).isEqualTo(11);
        var bpe = tokenizer.path("model");
        assertThat(bpe.path("vocab")).isEqualTo(JSON.readTree("""
                {"a": 0, "b": 1, "Ġ": 2, "é": 3, "Ġa": 4, "ab": 5, "Ġab": 6, "你": 7, "[PAD]": 12}
                """));
        assertThat(bpe.path("merges")).isEqualTo(JSON.readTree("""
                ["Ġ a", "a b", "Ġa b"]"""));
        assertThat(tokenizer.path("normalizer").path("type").textValue()).isEqualTo("NFC");
    }

    @Test
    void theChatTemplateComesAlong() throws Exception {
        var config = json(imported("tiny-llama").resolve("tokenizer_config.json"));

        assertThat(config.path("chat_template").textValue())
                .isEqualTo("{% for m in messages %}{{ m.content }}{% endfor %}");
        assertThat(config.path("eos_token").textValue()).isEqualTo("<|im_end|>");
    }

    @Test
    void theManifestKeepsAllEndsOfATurn() throws Exception {
        var manifest = ModelManifest.read(imported("tiny-qwen2"));

        assertThat(manifest.name()).isEqualTo("tiny-qwen2");
        assertThat(manifest.architecture()).isEqualTo("qwen2");
        assertThat(manifest.source()).isEqualTo(new ModelManifest.Source("tiny-qwen2.gguf", SHA));
        assertThat(manifest.tokens()).isEqualTo(
                new ModelManifest.Tokens(List.of(8, 10), Optional.of(8), false, "qwen2"));
    }

    @Test
    void theManifestKnowsEachFile() throws Exception {
        var directory = imported("tiny-llama");
        var manifest = ModelManifest.read(directory);

        assertThat(manifest.files()).containsOnlyKeys("config.json", "model.safetensors",
                "tokenizer.json", "tokenizer_config.json");
        for (var file : manifest.files().entrySet()) {
            assertThat(FileDigest.of(directory.resolve(file.getKey()), Progress.NONE))
                    .isEqualTo(file.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-llama", "tiny-qwen2"})
    void aCutFileIsRefusedByNameWhereverItIsCut(String model) throws Exception {
        var whole = TestFiles.bytes(model + ".gguf");
        var cut = temporary.resolve("cut.gguf");
        for (int length = 0; length < whole.length; length += length < 2000 ? 7 : 211) {
            Files.write(cut, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> write(cut, "cut")).as("%d bytes", length)
                    .isExactlyInstanceOf(ModelFailedException.class)
                    .hasMessageContaining("cut.gguf");
        }
        assertThat(temporary).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @ParameterizedTest(name = "byte {0}")
    @ValueSource(ints = {0, 4, 8, 15, 16, 23, 24})
    void aDamagedHeaderIsRefusedByName(int at) throws Exception {
        var bytes = TestFiles.bytes("tiny-llama.gguf");
        bytes[at] ^= (byte) 0xa5;
        var damaged = Files.write(temporary.resolve("damaged.gguf"), bytes);

        assertThatThrownBy(() -> write(damaged, "damaged"))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("damaged.gguf");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> GgufFile.open(temporary.resolve("none.gguf")))
                .isExactlyInstanceOf(ModelFailedException.class).hasMessageContaining("none.gguf");
    }

    @Test
    void anUnknownArchitectureIsNamed() throws Exception {
        var file = replaced("tiny-llama.gguf", "llama", "mamba");

        assertThatThrownBy(() -> write(file, "mamba")).hasMessageEndingWith(
                "unknown architecture mamba; known are [llama, qwen2]");
    }

    @Test
    void anUnknownPretokenizerIsNamed() throws Exception {
        var file = replaced("tiny-llama.gguf", "smollm", "viking");

        assertThatThrownBy(() -> write(file, "viking"))
                .hasMessageContaining("unknown pre-tokenizer viking");
    }

    @Test
    void aTensorTheArchitectureLacksIsNamed() throws Exception {
        var file = replaced("tiny-llama.gguf", "blk.1.attn_v.weight", "blk.1.attn_x.weight");

        assertThatThrownBy(() -> write(file, "odd"))
                .hasMessageContaining("it lacks the tensor blk.1.attn_v.weight");
    }

    @Test
    void anUnsupportedTensorTypeIsNamed() throws Exception {
        var bytes = TestFiles.bytes("tiny-llama.gguf");
        int name = indexOf(bytes, "token_embd.weight", 0);
        // After the name: dimensions (4 bytes), shape (2 × 8), type.
        int type = name + "token_embd.weight".length() + 20;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(type, 16);
        var file = Files.write(temporary.resolve("odd.gguf"), bytes);

        assertThatThrownBy(() -> write(file, "odd")).hasMessageContaining(
                "odd.gguf: tensor token_embd.weight has the unsupported type 16; supported are");
    }

    @Test
    void whatAKilledImportLeftIsSweptAwayByTheNext() throws Exception {
        var leftover = Files.createDirectories(temporary.resolve(".tiny-llama.importing"));
        Files.writeString(leftover.resolve("model.safetensors"), "half");

        imported("tiny-llama");

        assertThat(leftover).doesNotExist();
    }

    @Test
    void anImportThatIsStoppedLeavesNothing() throws Exception {
        var file = TestFiles.copy("tiny-llama.gguf", temporary);
        Progress stop = (phase, done, total) -> {
            throw new IllegalStateException("stopped");
        };

        try (var gguf = GgufFile.open(file)) {
            var writer = new ModelWriter(GgufImport.of(gguf, 512), stop);

            assertThatThrownBy(() -> writer.write(temporary.resolve("stopped"), SHA))
                    .hasMessage("stopped");
        }
        assertThat(temporary).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @Test
    void anInterruptEndsAnImportAndLeavesNothing() throws Exception {
        var file = TestFiles.copy("tiny-llama.gguf", temporary);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> write(file, "stopped")).isInstanceOf(InterruptedException.class);
        assertThat(temporary).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @Test
    void anExistingDirectoryIsLeftAlone() throws Exception {
        var directory = imported("tiny-llama");

        assertThatThrownBy(() -> imported("tiny-llama"))
                .hasMessageContaining("exists already: run memcollab models remove tiny-llama");
        assertThat(ModelManifest.read(directory).name()).isEqualTo("tiny-llama");
    }

    @Test
    void progressEndsAtTheWholeSize() throws Exception {
        var seen = new ArrayList<Long>();
        var file = TestFiles.copy("tiny-llama.gguf", temporary);

        try (var gguf = GgufFile.open(file)) {
            var plan = GgufImport.of(gguf, 512);
            new ModelWriter(plan, (phase, done, total) -> seen.add(done))
                    .write(temporary.resolve("tiny-llama"), SHA);

            assertThat(seen).isSorted().last().isEqualTo(plan.weightBytes());
        }
    }

    private Path imported(String model) throws Exception {
        write(TestFiles.copy(model + ".gguf", temporary), model);
        return temporary.resolve(model);
    }

    private void write(Path file, String name) throws InterruptedException {
        try (var gguf = GgufFile.open(file)) {
            new ModelWriter(GgufImport.of(gguf, GgufImport.DEFAULT_CONTEXT_TOKENS), Progress.NONE)
                    .write(temporary.resolve(name), SHA);
        }
    }

    private Path replaced(String name, String text, String by) throws IOException {
        var bytes = TestFiles.bytes(name);
        for (int at = 0; (at = indexOf(bytes, text, at)) >= 0;) {
            System.arraycopy(by.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, by.length());
        }
        return Files.write(temporary.resolve("replaced.gguf"), bytes);
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }

    private static Map<String, RowFormat> formats(String model) throws IOException {
        var formats = new HashMap<String, RowFormat>();
        for (var tensor : JSON.readTree(TestFiles.bytes(model + ".json"))) {
            formats.put(tensor.path("name").textValue(),
                    RowFormat.of(TensorType.valueOf(tensor.path("type").textValue())));
        }
        return formats;
    }

    private static Map<String, float[]> expected(String model) throws IOException {
        var values = TestFiles.floats(model + ".expected.bin");
        var all = new LinkedHashMap<String, float[]>();
        int at = 0;
        for (var tensor : JSON.readTree(TestFiles.bytes(model + ".json"))) {
            int count = 1;
            for (var size : tensor.path("shape")) {
                count *= size.intValue();
            }
            all.put(tensor.path("name").textValue(), Arrays.copyOfRange(values, at, at + count));
            at += count;
        }
        return all;
    }
}
