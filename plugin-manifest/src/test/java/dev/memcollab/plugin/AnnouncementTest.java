package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class AnnouncementTest {
    private RunningServer server;
    private final Map<String, JsonNode> tools = new TreeMap<>();

    @BeforeAll
    void theServerIsStartedAsThePluginSays(@TempDir Path home) throws IOException {
        server = new RunningServer(home, arguments(Manifests.pluginServers()));
        for (JsonNode tool : server.ask("tools/list", Map.of()).path("tools")) {
            tools.put(tool.path("name").asString(), tool);
        }
    }

    @AfterAll
    void theServerIsEnded() throws IOException {
        server.close();
    }

    private static List<String> arguments(Map<String, JsonNode> servers) {
        var arguments = new ArrayList<String>();
        servers.values().iterator().next().path("args")
                .forEach(argument -> arguments.add(argument.asString()));
        return arguments;
    }

    @Test
    void theSnippetHandsOverTheSameArguments() throws IOException {
        assertThat(arguments(Manifests.snippetServers()))
                .isEqualTo(arguments(Manifests.pluginServers()));
    }

    @Test
    void clientsKnowTheServerByItsOwnName() throws IOException {
        String name = server.serverInfo().path("name").asString();

        assertThat(Manifests.pluginServers()).containsOnlyKeys(name);
        assertThat(Manifests.snippetServers()).containsOnlyKeys(name);
    }

    @Test
    void thePluginHasTheVersionOfTheServer() throws Exception {
        String plugin = Manifests.json(Manifests.PLUGIN.resolve(".claude-plugin/plugin.json"))
                .path("version").asString();
        // Only a jar says its version; `mvn test` runs the classes without one.
        var program = Class.forName("dev.memcollab.cli.Main").getProtectionDomain().getCodeSource()
                .getLocation().getPath();
        String expected = program.endsWith(".jar") ? plugin : "development";

        assertThat(server.serverInfo().path("version").asString().replace("-SNAPSHOT", ""))
                .isEqualTo(expected);
    }

    @Test
    void theSkillTeachesEveryToolAndNoOther() throws IOException {
        assertThat(Manifests.lessons().keySet()).isEqualTo(tools.keySet());
    }

    private JsonNode input(String tool) {
        return Objects.requireNonNull(tools.get(tool), tool).path("inputSchema");
    }

    @Test
    void theSkillExplainsOnlyFieldsThatExist() throws IOException {
        Manifests.lessons().forEach((tool, lesson) -> assertThat(
                input(tool).path("properties").propertyNames()).as(tool)
                .containsAll(lesson.fields()));
    }

    @Test
    void theSkillExplainsEveryRequiredField() throws IOException {
        Manifests.lessons().forEach((tool, lesson) -> input(tool).path("required").forEach(
                field -> assertThat(lesson.fields()).as(tool).contains(field.asString())));
    }

    @Test
    void theServerTakesTheSkillsExamples() throws IOException {
        for (var lesson : Manifests.lessons().entrySet()) {
            for (JsonNode example : lesson.getValue().examples()) {
                JsonNode result = server.ask("tools/call",
                        Map.of("name", lesson.getKey(), "arguments", example));

                assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
                assertThat(result.path("structuredContent").isObject()).isTrue();
            }
        }
    }
}
