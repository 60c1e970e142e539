package dev.memcollab.server.hook;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an agent says when it calls a hook.
///
/// @param transcript where the session is written, a JSON object a line; null where it says none
/// @param cwd where the agent works
/// @param prompt what the user has just said; empty where the event has none
/// @param source why a session starts: startup, resume, clear or compact; empty where it says none
public record HookCall(HookEvent event, String session, @Nullable Path transcript, Path cwd,
        String prompt, String source) {
    /// Of what comes on stdin.
    public static final int MOST_BYTES = 16 << 20;

    /// Reads the object that comes on stdin. Fields that are not known are left alone.
    public static HookCall parse(HookEvent event, String json) {
        JsonNode fields;
        try {
            fields = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "a hook must be given one JSON object: " + e.getOriginalMessage(), e);
        }
        if (!fields.isObject()) {
            throw new IllegalArgumentException("a hook must be given one JSON object, got "
                    + fields.getNodeType());
        }
        String session = text(fields, "session_id");
        if (session.isBlank()) {
            throw new IllegalArgumentException("session_id must be a text, got "
                    + fields.get("session_id"));
        }
        return new HookCall(event, session, path(fields, "transcript_path").orElse(null),
                path(fields, "cwd").orElse(Path.of("")).toAbsolutePath(), text(fields, "prompt"),
                text(fields, "source"));
    }

    private static String text(JsonNode fields, String name) {
        return fields.path(name).asString("");
    }

    private static Optional<Path> path(JsonNode fields, String name) {
        String value = text(fields, name);
        try {
            return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "%s must be a path, got \"%s\"".formatted(name, value),
                    e);
        }
    }
}
