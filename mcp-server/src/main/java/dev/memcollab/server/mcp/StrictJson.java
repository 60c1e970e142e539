package dev.memcollab.server.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;

/// The SDK's JSON, except that params which do not fit a method are the client's mistake and not the server's failure. Looked
/// up at its first use.
final class StrictJson implements McpJsonMapper {
    private static McpJsonMapper json() {
        return McpJsonDefaults.getMapper();
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        try {
            return json().convertValue(value, type);
        } catch (RuntimeException unfit) {
            throw invalidParams(type.getSimpleName());
        }
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        try {
            return json().convertValue(value, type);
        } catch (RuntimeException unfit) {
            throw invalidParams(type.getType().getTypeName().replaceAll(".*[.$]", ""));
        }
    }

    private static McpError invalidParams(String type) {
        return McpError.builder(ErrorCodes.INVALID_PARAMS)
                .message("params are missing or do not fit " + type + ".").build();
    }

    @Override
    public <T> T readValue(String text, Class<T> type) throws IOException {
        return json().readValue(text, type);
    }

    @Override
    public <T> T readValue(byte[] text, Class<T> type) throws IOException {
        return json().readValue(text, type);
    }

    @Override
    public <T> T readValue(String text, TypeRef<T> type) throws IOException {
        return json().readValue(text, type);
    }

    @Override
    public <T> T readValue(byte[] text, TypeRef<T> type) throws IOException {
        return json().readValue(text, type);
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return json().writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return json().writeValueAsBytes(value);
    }
}
