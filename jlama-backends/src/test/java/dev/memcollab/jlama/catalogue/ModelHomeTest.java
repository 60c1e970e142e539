package dev.memcollab.jlama.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.jlama.gguf.Progress;
import dev.memcollab.jlama.gguf.TestFiles;
import dev.memcollab.model.ModelFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHomeTest {
    @TempDir
    private Path temporary;
    private ModelHome home;

    @BeforeEach
    void installATinyModel() throws Exception {
        home = new ModelHome(temporary.resolve("models"));
        var catalogue = TinyModel.catalogue(TinyModel.HUB);
        new ModelPull(home, catalogue, PullOptions.of(Map.of(), catalogue)).importGguf(
                TestFiles.copy("tiny-llama.gguf", temporary), TinyModel.NAME, Progress.NONE);
    }

    @Test
    void aHomeThatDoesNotExistHasNoModels() {
        assertThat(new ModelHome(temporary.resolve("none")).installed()).isEmpty();
    }

    @Test
    void modelsAreListedWithWhatTheyAre() {
        assertThat(home.installed()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo(TinyModel.NAME);
            assertThat(model.directory()).isEqualTo(home.path(TinyModel.NAME));
            assertThat(model.manifest().architecture()).isEqualTo("llama");
        });
        assertThat(home.isInstalled(TinyModel.NAME)).isTrue();
    }

    @Test
    void aDirectoryWithoutAManifestIsNoModel() throws Exception {
        Files.createDirectory(home.path("other"));

        assertThat(home.isInstalled("other")).isFalse();
        assertThat(home.installed()).hasSize(1);
    }

    @Test
    void aManifestOfANewerFormatIsNoUsableModel() throws Exception {
        var manifest = home.path(TinyModel.NAME).resolve("memcollab.json");
        Files.writeString(manifest,
                Files.readString(manifest).replaceFirst("\"format\" : 2", "\"format\" : 3"));

        assertThat(home.isInstalled(TinyModel.NAME)).isFalse();
        assertThatThrownBy(() -> home.require(TinyModel.NAME))
                .hasMessageContaining("format must be 2, got 3");
    }

    @Test
    void anAbsentModelIsNamedWithItsFileAndTheCommandThatGetsIt() {
        assertThatThrownBy(() -> home.require("smollm2-135m"))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining(
                        home.path("smollm2-135m").resolve("memcollab.json").toString())
                .hasMessageContaining("memcollab models pull smollm2-135m");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Files.delete(home.path(TinyModel.NAME).resolve("model.safetensors"));

        assertThatThrownBy(() -> home.require(TinyModel.NAME))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("model.safetensors is missing");
    }

    @Test
    void aFileOfTheWrongSizeIsNamed() throws Exception {
        Files.writeString(home.path(TinyModel.NAME).resolve("config.json"), "{}");

        assertThatThrownBy(() -> home.require(TinyModel.NAME))
                .hasMessageContaining("config.json has 2 bytes instead of");
    }

    @Test
    void aSoundModelPassesVerification() throws Exception {
        var seen = new ArrayList<Long>();

        home.verify(TinyModel.NAME, (phase, done, total) -> seen.add(total - done));

        assertThat(seen).last().isEqualTo(0L);
    }

    @Test
    void aSingleChangedBitIsFound() throws Exception {
        var file = home.path(TinyModel.NAME).resolve("model.safetensors");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);

        assertThatThrownBy(() -> home.verify(TinyModel.NAME, Progress.NONE))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining("model.safetensors").hasMessageNotContaining("config.json")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aRemovedModelIsGone() throws Exception {
        assertThat(home.remove(TinyModel.NAME)).isTrue();

        assertThat(home.path(TinyModel.NAME)).doesNotExist();
        assertThat(home.remove(TinyModel.NAME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".pull", "a/b", "a\\b", "-x"})
    void aNameThatLeavesTheHomeIsRefused(String name) {
        assertThatThrownBy(() -> home.path(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a model must match")
                .hasMessageEndingWith("got " + name);
    }

    @Test
    void aManifestThatIsNoJsonIsNamed() throws Exception {
        var manifest = home.path(TinyModel.NAME).resolve("memcollab.json");
        Files.write(manifest, "{\"format".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> home.require(TinyModel.NAME))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContaining(manifest.toString());
    }
}
