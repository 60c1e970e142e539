package dev.memcollab.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The files that clients install, read as they are.
final class Manifests {
    static final Path PLUGIN = Path.of("claude-code");
    static final Path EXTENSION = Path.of("gemini");
    static final JsonMapper JSON = new JsonMapper();

    private static final Pattern SECTION = Pattern
            .compile("(?ms)^## [^`\\n]*`(\\w+)`\\n(.*?)(?=^## |\\z)");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\\n(.*?)```");
    private static final Pattern FIELD = Pattern.compile("(?m)^- `(\\w+)`:");

    private Manifests() {}

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /// The server as the plug-in starts it, by name.
    static Map<String, JsonNode> pluginServers() throws IOException {
        return servers(PLUGIN.resolve(".mcp.json"));
    }

    /// The server as the extension for Gemini CLI starts it, by name.
    static Map<String, JsonNode> extensionServers() throws IOException {
        return servers(EXTENSION.resolve("gemini-extension.json"));
    }

    /// The server as the snippet starts it, by name.
    static Map<String, JsonNode> snippetServers() throws IOException {
        return servers(Path.of("mcp-servers.json"));
    }

    private static Map<String, JsonNode> servers(Path file) throws IOException {
        var byName = new LinkedHashMap<String, JsonNode>();
        json(file).path("mcpServers").properties()
                .forEach(server -> byName.put(server.getKey(), server.getValue()));
        return byName;
    }

    static String skill() throws IOException {
        return Files.readString(PLUGIN.resolve("skills/memcollab/SKILL.md"));
    }

    /// What Gemini CLI reads into every session.
    static String context() throws IOException {
        return Files.readString(EXTENSION.resolve(
                json(EXTENSION.resolve("gemini-extension.json")).path("contextFileName")
                        .asString()));
    }

    /// What the skill says of each tool, by the tool's name.
    static Map<String, Lesson> lessons() throws IOException {
        var lessons = new TreeMap<String, Lesson>();
        SECTION.matcher(skill()).results().forEach(section -> lessons.put(section.group(1),
                new Lesson(all(FIELD, section.group(2)), all(EXAMPLE, section.group(2)).stream()
                        .map(JSON::readTree).toList())));
        return lessons;
    }

    private static List<String> all(Pattern pattern, String text) {
        var found = new ArrayList<String>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /// The fields of a tool that the skill explains, and its example calls.
    record Lesson(List<String> fields, List<JsonNode> examples) {}
}
