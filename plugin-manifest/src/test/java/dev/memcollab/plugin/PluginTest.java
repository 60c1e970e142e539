package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.hook.HookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in's start is a script for sh")
class PluginTest {
    @TempDir
    Path directory;

    private LauncherFixture machine;

    @BeforeEach
    void anEmptyMachine() throws IOException {
        machine = new LauncherFixture(directory);
    }

    /// Copies the plug-in's starter into a directory and gives the copy, with what it says there.
    private Path starterIn(String place) throws IOException {
        var copy = machine.directory(place + "/bin").resolve("memcollab");
        return Files.copy(Manifests.PLUGIN.resolve("bin/memcollab"), copy,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private LauncherFixture.Run start(Path starter) throws Exception {
        return machine.start(starter.toString(), directory, "serve", "a  b").end();
    }

    private void launcherAt(Path file, String name) throws IOException {
        LauncherFixture.script(file, "echo " + name + "; printf 'arg %s\\n' \"$@\"\n");
    }

    @Test
    void thePluginStartsWhatItBrings() throws IOException {
        var command = Manifests.pluginServers().values().iterator().next().path("command")
                .asString();

        assertThat(command).startsWith("${CLAUDE_PLUGIN_ROOT}/");
        assertThat(Manifests.PLUGIN.resolve(command.substring("${CLAUDE_PLUGIN_ROOT}/".length())))
                .isExecutable();
    }

    @Test
    void theSnippetStartsTheLauncher() throws IOException {
        var command = Manifests.snippetServers().values().iterator().next().path("command")
                .asString();

        assertThat(Path.of(command)).isAbsolute();
        assertThat(Path.of("..").resolve(Path.of(command).getFileName())).isExecutable();
    }

    @Test
    void pluginAndSnippetAndMarketplaceNameTheSameServer() throws IOException {
        assertThat(Manifests.snippetServers().keySet())
                .isEqualTo(Manifests.pluginServers().keySet());
        assertThat(Manifests.json(Manifests.PLUGIN.resolve(".claude-plugin/marketplace.json"))
                .path("plugins").path(0).path("name"))
                .isEqualTo(
                        Manifests.json(Manifests.PLUGIN.resolve(".claude-plugin/plugin.json"))
                                .path("name"));
    }

    @Test
    void inACheckoutTheStarterFindsTheLauncherAbove() throws Exception {
        launcherAt(machine.directory("checkout").resolve("memcollab"), "above");
        var starter = starterIn("checkout/plugin-manifest/claude-code");

        var run = start(starter);

        assertThat(run.out()).isEqualTo("above\narg serve\narg a  b\n");
    }

    @Test
    void aCopyAloneFindsTheLauncherOnThePathAndNotItself() throws Exception {
        var starter = starterIn("cache/memcollab/memcollab/0.1.0");
        var onPath = machine.directory("local bin");
        launcherAt(onPath.resolve("memcollab"), "on path");
        machine.environment.put("PATH",
                starter.getParent() + ":" + machine.bin + ":" + onPath);

        assertThat(start(starter).out()).startsWith("on path\n");
    }

    @Test
    void aNamedLauncherComesFirst() throws Exception {
        launcherAt(machine.directory("checkout").resolve("memcollab"), "above");
        var named = machine.directory("elsewhere").resolve("start");
        launcherAt(named, "named");
        machine.environment.put("MEMCOLLAB_LAUNCHER", named.toString());

        assertThat(start(starterIn("checkout/plugin-manifest/claude-code")).out())
                .startsWith("named\n");
    }

    @Test
    void aCopyWithoutAProgramSaysWhatToDo() throws Exception {
        var run = start(starterIn("cache/memcollab/memcollab/0.1.0"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.error()).hasLineCount(1).contains("PATH", "MEMCOLLAB_LAUNCHER");
    }

    @Test
    void theHooksCallTheStarterAtEventsThatTheProgramKnows() throws IOException {
        var commands = new ArrayList<String>();
        Manifests.json(Manifests.PLUGIN.resolve("hooks/hooks.json")).path("hooks").properties()
                .forEach(event -> event.getValue().forEach(group -> group.path("hooks")
                        .forEach(hook -> commands.add(hook.path("command").asString()))));

        assertThat(commands).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(HookEvent.values()).map(HookEvent::label)
                        .map("\"${CLAUDE_PLUGIN_ROOT}/bin/memcollab\" hook %s"::formatted)
                        .toList());
    }

    @Test
    void aHookThatFailsIsNotHeardOf() throws Exception {
        var launcher = machine.directory("checkout").resolve("memcollab");
        LauncherFixture.script(launcher, "cat; echo wrong >&2; exit 2\n");
        var starter = starterIn("checkout/plugin-manifest/claude-code");

        assertThat(machine.start(starter.toString(), directory, "hook", "stop").end().exit())
                .isZero();
        assertThat(machine.start(starterIn("cache/memcollab/memcollab/0.1.0").toString(),
                directory, "hook", "stop").end().exit()).isZero();
    }

    @Test
    void theExtensionStartsWhatItBringsWhichIsWhatThePluginBrings() throws IOException {
        var command = Manifests.extensionServers().values().iterator().next().path("command")
                .asString()
                .replace("${/}", "/");

        assertThat(command).startsWith("${extensionPath}/");
        assertThat(Manifests.EXTENSION.resolve(command.substring("${extensionPath}/".length())))
                .isExecutable()
                .hasSameTextualContentAs(Manifests.PLUGIN.resolve("bin/memcollab"));
    }

    @Test
    void aLinkedExtensionFindsTheLauncherOfItsCheckout() throws Exception {
        launcherAt(machine.directory("checkout").resolve("memcollab"), "above");
        starterIn("checkout/plugin-manifest/gemini");
        Path linked = Files.createSymbolicLink(machine.directory("extensions").resolve("memcollab"),
                machine.directory("checkout/plugin-manifest/gemini"));

        assertThat(start(linked.resolve("bin/memcollab")).out()).startsWith("above\n");
    }

    @Test
    void whatIsOfferedHasOneVersion() throws IOException {
        JsonNode plugin = Manifests.json(Manifests.PLUGIN.resolve(".claude-plugin/plugin.json"));
        JsonNode extension = Manifests.json(Manifests.EXTENSION.resolve("gemini-extension.json"));

        assertThat(extension.path("version")).isEqualTo(plugin.path("version"));
        assertThat(extension.path("name")).isEqualTo(plugin.path("name"));
        assertThat(extension.path("description")).isEqualTo(plugin.path("description"));
        assertThat(template().path("version")).isEqualTo(plugin.path("version"));
    }

    private static JsonNode template() throws IOException {
        return Manifests.json(Path.of("server.json.template"));
    }

    @Test
    void nothingIsSaidToBePublishedThatIsNot() throws IOException {
        JsonNode server = template();
        JsonNode bundle = server.path("packages").path(0);

        assertThat(server.path("$schema").asString()).contains("/2025-12-11/");
        assertThat(server.path("description").asString()).hasSizeLessThanOrEqualTo(100);
        assertThat(bundle.path("registryType").asString()).isEqualTo("mcpb");
        assertThat(List.of(server.path("name"), bundle.path("identifier"),
                bundle.path("fileSha256"))).allSatisfy(
                        blank -> assertThat(blank.asString()).containsPattern("@[A-Z0-9_]+@"));
        assertThat(Path.of("server.json")).doesNotExist();
    }

    @Test
    void theBundleNamesTheToolsAndTheVersionOfThePlugin() throws IOException {
        JsonNode bundle = Manifests.json(Path.of("mcpb/manifest.json"));

        assertThat(bundle.path("tools").valueStream().map(tool -> tool.path("name").asString()))
                .containsExactlyInAnyOrderElementsOf(Manifests.lessons().keySet());
        assertThat(bundle.path("version")).isEqualTo(
                Manifests.json(Manifests.PLUGIN.resolve(".claude-plugin/plugin.json"))
                        .path("version"));
    }

    @Test
    void theSkillHasAnExampleForEachTool() throws IOException {
        var lessons = Manifests.lessons();

        assertThat(lessons.keySet()).isEqualTo(
                Set.of("recall_constraints", "record_trajectory"));
        assertThat(lessons.values()).allSatisfy(lesson -> {
            assertThat(lesson.fields()).contains("task");
            assertThat(lesson.examples()).isNotEmpty();
        });
    }
}
