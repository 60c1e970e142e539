package dev.memcollab.server.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The texts the server announces, read from the resources beside this class.
final class Texts {
    private Texts() {}

    static String read(String name) {
        try (var in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " cannot be read", unreadable);
        }
    }

    static McpSchema.Tool tool(String name, McpJsonMapper json) {
        try {
            return json.readValue(read(name + ".json"), McpSchema.Tool.class);
        } catch (IOException unfit) {
            throw new UncheckedIOException("resource " + name + ".json is no tool", unfit);
        }
    }
}
