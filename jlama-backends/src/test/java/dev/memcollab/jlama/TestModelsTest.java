package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class TestModelsTest {
    @TempDir
    private Path directory;

    @Test
    void aMissingModelSkipsTheTestAndNamesTheFileAndTheCommand() {
        assertThatThrownBy(() -> find(Map.of("MEMCOLLAB_MODELS", directory.toString())))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(
                        directory.resolve("tiny").resolve("tokenizer.json").toString())
                .hasMessageContaining("./memcollab models pull tiny");
    }

    @Test
    void aMissingModelFailsTheTestInContinuousIntegration() {
        assertThatThrownBy(
                () -> find(Map.of("MEMCOLLAB_MODELS", directory.toString(), "CI", "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("./memcollab models pull tiny");
    }

    @Test
    void theDirectoryOfModelsComesBeforeTheHome() throws IOException {
        Path model = create(directory.resolve("a"));
        create(directory.resolve("home").resolve("models"));

        assertThat(find(Map.of("MEMCOLLAB_MODELS", directory.resolve("a").toString(),
                "MEMCOLLAB_HOME", directory.resolve("home").toString()))).isEqualTo(model);
    }

    @Test
    void theHomeComesBeforeTheDataDirectory() throws IOException {
        Path model = create(directory.resolve("home").resolve("models"));

        assertThat(find(Map.of("MEMCOLLAB_HOME", directory.resolve("home").toString(),
                "XDG_DATA_HOME", directory.toString()))).isEqualTo(model);
    }

    @Test
    void eachPlatformHasItsDataDirectory() throws IOException {
        Path xdg = create(directory.resolve("xdg/memcollab/models"));
        Path linux = create(directory.resolve(".local/share/memcollab/models"));
        Path mac = create(directory.resolve("Library/Application Support/memcollab/models"));
        Path windows = create(directory.resolve("local/memcollab/models"));

        assertThat(find(Map.of("XDG_DATA_HOME", directory.resolve("xdg").toString())))
                .isEqualTo(xdg);
        assertThat(TestModels.require("tiny", Map.of(), "Linux", directory)).isEqualTo(linux);
        assertThat(TestModels.require("tiny", Map.of(), "Mac OS X", directory)).isEqualTo(mac);
        assertThat(TestModels.require("tiny",
                Map.of("LOCALAPPDATA", directory.resolve("local").toString()), "Windows 11",
                directory)).isEqualTo(windows);
    }

    private Path find(Map<String, String> environment) {
        return TestModels.require("tiny", environment, "Linux", directory);
    }

    private static Path create(Path models) throws IOException {
        Path model = Files.createDirectories(models.resolve("tiny"));
        for (String file : new String[]{"tokenizer.json", "tokenizer_config.json", "config.json",
                "model.safetensors"}) {
            Files.createFile(model.resolve(file));
        }
        return model;
    }
}
