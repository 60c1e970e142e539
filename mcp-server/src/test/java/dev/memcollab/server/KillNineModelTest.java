package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.jlama.TestModels;
import dev.memcollab.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a server acknowledged and was killed over, the next one distils with real models.
@Tag("model")
@Timeout(600)
class KillNineModelTest {
    private static final String WEAK = "smollm2-135m";
    private static final String STRONG = "qwen2.5-coder-0.5b";

    @TempDir
    private Path home;
    private Path models;

    @BeforeEach
    void theHomeHasASmallPair() throws IOException {
        TestModels.require(STRONG);
        models = Objects.requireNonNull(TestModels.require(WEAK).getParent());
        Files.writeString(home.resolve("settings.toml"),
                "weak = \"%s\"%nstrong = \"%s\"%nthreads = 2%n".formatted(WEAK, STRONG));
    }

    private ServerProcess ready() throws IOException {
        return ServerProcess.ready(home, Map.of("MEMCOLLAB_MODELS", models.toString()));
    }

    private static Map<String, ?> run(String outcome, String action) {
        return Map.of("task", "Write mean(values), the average of a list that may be empty.",
                "outcome", outcome, "project", "shop", "steps",
                List.of(Map.of("kind", "action", "text", action)));
    }

    @Test
    void theNextServerDistilsWhatTheKilledOneAcknowledged() throws Exception {
        String failed;
        String worked;
        try (var server = ready()) {
            failed = id(server, run("failure", "return sum(values) / len(values)"));
            worked = id(server, run("success",
                    "return sum(values) / len(values) if values else 0.0"));
            server.kill();
        }
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            assertThat(store.pending()).hasSize(2);
        }

        try (var next = ready()) {
            JsonNode status = next.statusOnceNothingWaits(500);
            assertThat(status.path("memory").path("trajectories").asInt()).isEqualTo(2);
            assertThat(status.path("memory").path("pending").asInt()).as(status.toString())
                    .isZero();
        }

        try (var store = MemoryStore.open(home.resolve("memory"))) {
            assertThat(store.distillation(failed)).isPresent();
            assertThat(store.distillation(worked).orElseThrow().reason())
                    .startsWith("recorded-pair");
        }
    }

    private static String id(ServerProcess server, Map<String, ?> run) {
        return server.call("record_trajectory", run).path("trajectory_id").asString();
    }
}
