package dev.memcollab.jlama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelManifestTest {
    private static final String SHA = "ab".repeat(32);
    private static final ModelManifest MANIFEST = new ModelManifest("tiny", "qwen2",
            new ModelManifest.Source("tiny.gguf", SHA),
            new ModelManifest.Tokens(List.of(3, 5), Optional.of(3), true, "qwen2"),
            Map.of("config.json", new FileDigest(17, SHA)));

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(read(new String(MANIFEST.toJson(), StandardCharsets.UTF_8)))
                .isEqualTo(MANIFEST);
    }

    @Test
    void theSecondFormatStaysReadable() throws Exception {
        assertThat(read(json())).isEqualTo(MANIFEST);
        assertThat(ModelManifest.isOutdated(directory)).isFalse();
    }

    @Test
    void theFirstFormatSaysWhatToDo() throws Exception {
        var json = text("manifest-format-1.json");

        assertThatThrownBy(() -> read(json)).isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContainingAll("memcollab.json", "format must be 2, got 1",
                        "memcollab models pull tiny", "import tiny.gguf");
        assertThat(ModelManifest.isOutdated(directory)).isTrue();
    }

    @Test
    void whatIsNoManifestIsNotOutdated() throws Exception {
        assertThat(ModelManifest.isOutdated(directory)).isFalse();
        Files.writeString(directory.resolve(ModelManifest.FILE_NAME), "{\"form");
        assertThat(ModelManifest.isOutdated(directory)).isFalse();
        Files.writeString(directory.resolve(ModelManifest.FILE_NAME), "{}");
        assertThat(ModelManifest.isOutdated(directory)).isFalse();
    }

    @Test
    void anUnknownFieldIsIgnored() throws Exception {
        assertThat(read(json().replaceFirst("\\{", "{\"colour\": \"green\","))).isEqualTo(MANIFEST);
    }

    @Test
    void theIdThatBeginsATextMayBeAbsent() throws Exception {
        var manifest = read(
                json().replace("\"bos_id\" : 3,", "").replace("\"add_bos\" : true,", ""));

        assertThat(manifest.tokens().bos()).isEmpty();
        assertThat(manifest.tokens().addBos()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format" : 2        | "format" : 9       | format must be 2, got 9: it was written by a newer version
            "name" : "tiny"     | "name" : 7         | name must be a string, got 7
            "eos_ids" : [ 3, 5 ]| "eos_ids" : []     | ends must not be empty
            "eos_ids" : [ 3, 5 ]| "eos_ids" : [ "x" ]| eos_ids must be integers, got "x"
            "bytes" : 17        | "bytes" : -1       | bytes must not be negative, got -1
            "bos_id" : 3        | "bos_id" : "3"     | bos_id must be an integer, got "3"
            """, quoteCharacter = '\u0001')
    void aWrongFieldIsNamed(String right, String wrong, String said) throws Exception {
        var json = json();
        assertThat(json).contains(right);

        assertThatThrownBy(() -> read(json.replace(right, wrong)))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("memcollab.json").hasMessageContaining(said);
    }

    private String json() throws IOException {
        return text("manifest-format-2.json");
    }

    private static String text(String name) throws IOException {
        return new String(TestFiles.bytes(name), StandardCharsets.UTF_8);
    }

    private ModelManifest read(String json) throws IOException {
        Files.writeString(directory.resolve(ModelManifest.FILE_NAME), json);
        return ModelManifest.read(directory);
    }
}
