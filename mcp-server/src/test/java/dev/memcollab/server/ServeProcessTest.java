package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `memcollab serve` as clients start it, with its memory on disk and without models.
@Timeout(120)
class ServeProcessTest {
    private static final Map<String, ?> RUN = Map.of("task", "Sum the prices of the basket.",
            "outcome", "failure", "steps",
            List.of(Map.of("kind", "action", "text", "return max(prices)")));

    @TempDir
    private Path directory;

    private Path home() {
        return directory.resolve("home");
    }

    private Map<String, String> withoutModels() {
        return Map.of("MEMCOLLAB_MODELS", directory.resolve("none").toString());
    }

    private ServerProcess ready() throws Exception {
        return ServerProcess.ready(home(), withoutModels());
    }

    @Test
    void theFirstQuestionsAreAnsweredBeforeAnythingIsOpened() throws Exception {
        try (var server = ServerProcess.start(home(), withoutModels())) {
            JsonNode greeting = server.greet();
            JsonNode tools = server.ask("tools/list", Map.of());

            assertThat(home()).doesNotExist();
            assertThat(greeting.path("serverInfo").path("name").asString()).isEqualTo("memcollab");
            assertThat(tools.path("tools").valueStream().map(tool -> tool.path("name").asString()))
                    .containsExactly("record_trajectory", "recall_constraints");
        }
    }

    @Test
    void aLineOfGarbageDoesNotEndTheServer() throws Exception {
        try (var server = ready()) {
            server.send("garbage");

            assertThat(server.reply().path("error").path("code").asInt()).isEqualTo(-32700);
            assertThat(server.status().path("memory").path("trajectories").asInt()).isZero();
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        String id;
        try (var server = ready()) {
            id = server.call("record_trajectory", RUN).path("trajectory_id").asString();
            server.kill();
        }

        try (var next = ready()) {
            JsonNode memory = next.status().path("memory");

            assertThat(memory.path("trajectories").asInt()).isOne();
            assertThat(memory.path("pending").asInt()).isOne();
            assertThat(next.call("record_trajectory", RUN).path("trajectory_id").asString())
                    .isEqualTo(id);
            assertThat(next.status().path("memory").path("trajectories").asInt()).isOne();
        }
    }

    @Test
    void whatOneServerAcknowledgedTheOtherKnows() throws Exception {
        try (var one = ready(); var other = ready()) {
            one.call("record_trajectory", RUN);

            assertThat(other.status().path("memory").path("trajectories").asInt()).isOne();
        }
    }

    @Test
    void withoutModelsTheStatusSaysWhichCommandGetsThem() throws Exception {
        try (var server = ready()) {
            server.call("record_trajectory", RUN);

            assertThat(server.status().path("advice").toString())
                    .contains("memcollab models pull qwen2.5-coder-0.5b",
                            "memcollab models pull qwen2.5-coder-1.5b");
        }
    }

    @Test
    void theEndOfInputEndsTheServerWell() throws Exception {
        try (var server = ready()) {
            server.call("record_trajectory", RUN);

            assertThat(server.end()).isZero();
            assertThat(Files.readString(home().resolve("memory/journal/000001.jsonl")))
                    .contains("Sum the prices");
        }
    }
}
