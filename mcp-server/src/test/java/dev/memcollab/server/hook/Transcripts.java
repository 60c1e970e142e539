package dev.memcollab.server.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Transcripts to read: a recorded one, and short ones made by a test.
public final class Transcripts {
    private Transcripts() {}

    /// Lays the recorded session into a directory. Its last line is half written.
    public static Path session(Path directory) throws IOException {
        Path file = directory.resolve("session.jsonl");
        try (InputStream recorded = Objects
                .requireNonNull(Transcripts.class.getResourceAsStream("session.jsonl"))) {
            Files.copy(recorded, file);
        }
        return file;
    }

    static Path of(Path directory, String... lines) throws IOException {
        return Files.writeString(directory.resolve("made.jsonl"),
                Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining()));
    }

    static String user(String text) {
        return line("user", text);
    }

    static String agent(String text) {
        return line("assistant", List.of(Map.of("type", "text", "text", text)));
    }

    static String uses(String call, String tool, Map<String, String> input) {
        return line("assistant", List
                .of(Map.of("type", "tool_use", "id", call, "name", tool, "input", input)));
    }

    static String runs(String call, String command) {
        return uses(call, "Bash", Map.of("command", command));
    }

    static String edits(String call) {
        return uses(call, "Edit",
                Map.of("file_path", "a.py", "old_string", "1", "new_string", "2"));
    }

    static String returns(String call, String text) {
        return line("user", List
                .of(Map.of("type", "tool_result", "tool_use_id", call, "content", text)));
    }

    private static String line(String type, Object content) {
        return JsonMapper.shared().writeValueAsString(Map.of("type", type, "message",
                Map.of("role", type, "content", content)));
    }
}
