package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
    @Test
    void theOptionComesBeforeTheEnvironment() {
        Home home = Home.locate(Path.of("/a"), Map.of("MEMCOLLAB_HOME", "/b"));

        assertThat(home).isEqualTo(new Home(Path.of("/a"), Path.of("/a/models")));
    }

    @Test
    void theEnvironmentComesBeforeThePlatformsDirectory() {
        Home home = Home.locate(null, Map.of("MEMCOLLAB_HOME", "/b", "XDG_DATA_HOME", "/c"));

        assertThat(home.root()).isEqualTo(Path.of("/b").toAbsolutePath());
    }

    @Test
    void modelsMayLieApart() {
        Home home = Home.locate(Path.of("/a"), Map.of("MEMCOLLAB_MODELS", "/m"));

        assertThat(home.models()).isEqualTo(Path.of("/m").toAbsolutePath());
        assertThat(home.memory()).isEqualTo(Path.of("/a/memory").toAbsolutePath());
        assertThat(home.settings()).isEqualTo(Path.of("/a/settings.toml").toAbsolutePath());
    }

    @Test
    void aRelativeHomeIsMadeAbsolute() {
        assertThat(Home.locate(Path.of("x", "..", "y"), Map.of()).root())
                .isEqualTo(Path.of("y").toAbsolutePath());
    }
}
