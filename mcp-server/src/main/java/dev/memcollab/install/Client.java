package dev.memcollab.install;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A program that starts MCP servers, and where it keeps the list of them.
public enum Client {
    // docs/clients.md says where each place is documented.

    /// Anthropic's agent in a terminal.
    CLAUDE_CODE("Claude Code"),
    /// Anthropic's desktop program.
    CLAUDE_DESKTOP("Claude Desktop"),
    /// Microsoft's editor, with the agent that is in it.
    VSCODE("VS Code"),
    /// An editor made for agents.
    CURSOR("Cursor"),
    /// OpenAI's agent in a terminal, and what shares its settings.
    CODEX("Codex"),
    /// Google's agent in a terminal.
    GEMINI("Gemini CLI"),
    /// An editor with agents in it.
    ZED("Zed"),
    /// Another editor made for agents.
    WINDSURF("Windsurf"),
    /// JetBrains' agent, in their editors and in a terminal.
    JUNIE("Junie");

    private static final ConfigText MCP_SERVERS = new JsonConfig("mcpServers", Map.of());
    private static final ConfigText VSCODE_SERVERS = new JsonConfig("servers",
            Map.of("type", "stdio"));
    private static final ConfigText CONTEXT_SERVERS = new JsonConfig("context_servers", Map.of());
    private static final ConfigText MCP_SERVERS_OF_CODEX = new TomlConfig("mcp_servers");

    private final String title;

    Client(String title) {
        this.title = title;
    }

    /// The client of that name, in the spelling of [#label()].
    public static Client named(String label) {
        return Arrays.stream(values()).filter(client -> client.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("CLIENT must be one of %s, got %s"
                        .formatted(labels(), label)));
    }

    /// The names of all, for people to choose from.
    public static String labels() {
        return Arrays.stream(values()).map(Client::label).collect(Collectors.joining(", "));
    }

    /// What the client is called on a command line.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What the client is called by people.
    public String title() {
        return title;
    }

    /// How the file lists the servers.
    ConfigText text() {
        return switch (this) {
            case CLAUDE_CODE, CLAUDE_DESKTOP, CURSOR, GEMINI, WINDSURF, JUNIE -> MCP_SERVERS;
            case VSCODE -> VSCODE_SERVERS;
            case CODEX -> MCP_SERVERS_OF_CODEX;
            case ZED -> CONTEXT_SERVERS;
        };
    }

    /// The file that lists the servers.
    ///
    /// @param project its root
    Path file(Scope scope, Machine machine, Path project) {
        return switch (scope) {
            case USER -> ofUser(machine);
            case PROJECT -> project.resolve(ofProject());
        };
    }

    private String ofProject() {
        return switch (this) {
            case CLAUDE_CODE -> ".mcp.json";
            case VSCODE -> ".vscode/mcp.json";
            case CURSOR -> ".cursor/mcp.json";
            case CODEX -> ".codex/config.toml";
            case GEMINI -> ".gemini/settings.json";
            case ZED -> ".zed/settings.json";
            case JUNIE -> ".junie/mcp/mcp.json";
            case CLAUDE_DESKTOP, WINDSURF -> throw new IllegalArgumentException(title
                    + " has no servers of a project, only of a user: leave out --project");
        };
    }

    private Path ofUser(Machine machine) {
        Path home = machine.userHome();
        return switch (this) {
            case CLAUDE_CODE -> machine.place("CLAUDE_CONFIG_DIR", home).resolve(".claude.json");
            case CLAUDE_DESKTOP ->
                machine.applicationData().resolve("Claude/claude_desktop_config.json");
            case VSCODE -> machine.applicationData().resolve("Code/User/mcp.json");
            case CURSOR -> home.resolve(".cursor/mcp.json");
            case CODEX -> machine.place("CODEX_HOME", home.resolve(".codex"))
                    .resolve("config.toml");
            case GEMINI -> machine.place("GEMINI_CLI_HOME", home).resolve(".gemini/settings.json");
            case ZED -> ofZed(machine).resolve("settings.json");
            case WINDSURF -> home.resolve(".codeium/windsurf/mcp_config.json");
            case JUNIE -> home.resolve(".junie/mcp/mcp.json");
        };
    }

    private static Path ofZed(Machine machine) {
        Path dotConfig = machine.userHome().resolve(".config");
        return switch (machine.platform()) {
            case LINUX -> machine.place("FLATPAK_XDG_CONFIG_HOME",
                    machine.place("XDG_CONFIG_HOME", dotConfig)).resolve("zed");
            case MAC -> dotConfig.resolve("zed");
            case WINDOWS -> machine.applicationData().resolve("Zed");
        };
    }
}
