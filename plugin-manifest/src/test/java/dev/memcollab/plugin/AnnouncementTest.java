package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
    void allHandOverTheSameArguments() throws IOException {
        assertThat(List.of(arguments(Manifests.snippetServers()),
                arguments(Manifests.extensionServers())))
                .containsOnly(arguments(Manifests.pluginServers()));
    }

    @Test
    void clientsKnowTheServerByItsOwnName() throws IOException {
        String name = server.serverInfo().path("name").asString();

        assertThat(Manifests.pluginServers()).containsOnlyKeys(name);
        assertThat(Manifests.snippetServers()).containsOnlyKeys(name);
        assertThat(Manifests.extensionServers()).containsOnlyKeys(name);
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
    void theContextOfGeminiNamesEveryToolAndOnlyFieldsThatExist() throws IOException {
        String context = Manifests.context();
        var known = new TreeSet<>(tools.keySet());
        known.add(server.serverInfo().path("name").asString());
        known.addAll(List.of("success", "failure", "unknown"));
        tools.keySet().forEach(tool -> known.addAll(input(tool).path("properties")
                .propertyNames()));

        assertThat(tools.keySet()).allSatisfy(tool -> assertThat(context).contains(tool));
        assertThat(Pattern.compile("`(\\w+)`").matcher(context).results()
                .map(name -> name.group(1))).isSubsetOf(known);
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
