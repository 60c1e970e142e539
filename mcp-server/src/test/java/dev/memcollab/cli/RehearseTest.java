package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RehearseTest {
    @TempDir
    private Path directory;

    private Ended run(String where) {
        return new Terminal(directory.resolve("home")).run("rehearse",
                directory.resolve(where).toString());
    }

    @Test
    void theScriptedClientIsServedAndRecallsTheLine() {
        Ended ended = run("rehearsal");

        assertThat(ended.code()).as(ended.out()).isZero();
        List<JsonNode> results = ended.out().lines()
                .map(line -> JsonMapper.shared().readTree(line).path("result")).toList();
        assertThat(results).hasSize(6);
        assertThat(results.get(1).path("tools")).hasSize(2);
        JsonNode recalled = results.get(2).path("structuredContent");
        assertThat(recalled.path("constraints").toString()).contains("a sum is divided by a count");
        assertThat(results.get(3).path("structuredContent").path("trajectory_id").asString())
                .startsWith("t-");
        assertThat(results.get(4).path("supportedVersions").toString()).contains("2026-07-28");
        assertThat(results.get(5).path("tools")).isEqualTo(results.get(1).path("tools"));
    }

    @Test
    void nothingIsLeftAndTheUsersHomeIsNotTouched() throws Exception {
        assertThat(run("rehearsal").code()).isZero();

        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDirectoryThatExistsIsRefusedAndKept() throws Exception {
        Path kept = Files.writeString(Files.createDirectory(directory.resolve("mine"))
                .resolve("notes.txt"), "mine");

        Ended ended = run("mine");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("DIR must be a directory that does not exist yet, got",
                "mine");
        assertThat(kept).hasContent("mine");
    }
}
