package dev.memcollab.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ClientTest {
    private static final Path HOME = Path.of("/home/me");
    private static final Path PROJECT = Path.of("/projects/shop");

    private static String ofUser(Client client, Platform platform,
            Map<String, String> environment) {
        return client.file(Scope.USER, new Machine(platform, HOME, environment), PROJECT)
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"CLAUDE_CODE, LINUX, /home/me/.claude.json",
            "CLAUDE_CODE, WINDOWS, /home/me/.claude.json",
            "CLAUDE_DESKTOP, LINUX, /home/me/.config/Claude/claude_desktop_config.json",
            "CLAUDE_DESKTOP, MAC, /home/me/Library/Application Support/Claude/claude_desktop_config.json",
            "CLAUDE_DESKTOP, WINDOWS, /home/me/AppData/Roaming/Claude/claude_desktop_config.json",
            "VSCODE, LINUX, /home/me/.config/Code/User/mcp.json",
            "VSCODE, MAC, /home/me/Library/Application Support/Code/User/mcp.json",
            "VSCODE, WINDOWS, /home/me/AppData/Roaming/Code/User/mcp.json",
            "CURSOR, MAC, /home/me/.cursor/mcp.json",
            "CODEX, WINDOWS, /home/me/.codex/config.toml",
            "GEMINI, LINUX, /home/me/.gemini/settings.json",
            "ZED, LINUX, /home/me/.config/zed/settings.json",
            "ZED, MAC, /home/me/.config/zed/settings.json",
            "ZED, WINDOWS, /home/me/AppData/Roaming/Zed/settings.json",
            "WINDSURF, LINUX, /home/me/.codeium/windsurf/mcp_config.json",
            "JUNIE, MAC, /home/me/.junie/mcp/mcp.json"})
    void aUsersFileIsWhereTheClientLooks(Client client, Platform platform, String file) {
        assertThat(ofUser(client, platform, Map.of())).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"CLAUDE_CODE, LINUX, CLAUDE_CONFIG_DIR, .claude.json",
            "CLAUDE_DESKTOP, WINDOWS, APPDATA, Claude/claude_desktop_config.json",
            "VSCODE, LINUX, XDG_CONFIG_HOME, Code/User/mcp.json",
            "CODEX, MAC, CODEX_HOME, config.toml",
            "GEMINI, LINUX, GEMINI_CLI_HOME, .gemini/settings.json",
            "ZED, LINUX, XDG_CONFIG_HOME, zed/settings.json",
            "ZED, LINUX, FLATPAK_XDG_CONFIG_HOME, zed/settings.json"})
    void aVariableThatTheClientKnowsMovesTheFile(Client client, Platform platform,
            String variable, String file) {
        assertThat(ofUser(client, platform, Map.of(variable, "/elsewhere")))
                .isEqualTo("/elsewhere/" + file);
        assertThat(ofUser(client, platform, Map.of(variable, " ")))
                .isEqualTo(ofUser(client, platform, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"CLAUDE_CODE, .mcp.json", "VSCODE, .vscode/mcp.json",
            "CURSOR, .cursor/mcp.json", "CODEX, .codex/config.toml",
            "GEMINI, .gemini/settings.json", "ZED, .zed/settings.json",
            "JUNIE, .junie/mcp/mcp.json"})
    void aProjectsFileIsInTheProject(Client client, String file) {
        var machine = new Machine(Platform.MAC, HOME, Map.of());

        assertThat(client.file(Scope.PROJECT, machine, PROJECT)).isEqualTo(PROJECT.resolve(file));
    }

    @ParameterizedTest
    @EnumSource(value = Client.class, names = {"CLAUDE_DESKTOP", "WINDSURF"})
    void aClientWithoutFilesOfProjectsSaysSo(Client client) {
        var machine = new Machine(Platform.LINUX, HOME, Map.of());

        assertThatThrownBy(() -> client.file(Scope.PROJECT, machine, PROJECT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(client.title() + " has no servers of a project, only of a user: leave"
                        + " out --project");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aClientIsFoundByItsLabel(Client client) {
        assertThat(Client.named(client.label())).isEqualTo(client);
    }

    @Test
    void anUnknownClientIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Client.named("emacs")).hasMessage("CLIENT must be one of"
                + " claude-code, claude-desktop, vscode, cursor, codex, gemini, zed, windsurf,"
                + " junie, got emacs");
    }

    @ParameterizedTest
    @EnumSource(value = Client.class, names = {"VSCODE", "CURSOR"}, mode = Mode.EXCLUDE)
    void mostClientsKnowNoLinks(Client client) {
        assertThat(Deeplink.of(client, ServerEntry.of(Path.of("/m"), Optional.empty())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Linux, LINUX", "Mac OS X, MAC", "Windows 11, WINDOWS", "FreeBSD, LINUX"})
    void platformsAreKnownByTheirNames(String name, Platform platform) {
        assertThat(Platform.named(name)).isEqualTo(platform);
    }
}
