package dev.memcollab.server.stdio;

import dev.memcollab.server.Shown;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `initialize` says that this server makes use of.
///
/// @param revision the two will speak
/// @param roots whether the client can be asked where it works
record Greeting(String revision, boolean roots) {
    /// Those with sessions, the latest last.
    static final List<String> REVISIONS = List.of(ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);

    /// Reads the params of the request. A revision that is not known, or none, gets the latest that is.
    ///
    /// @throws IllegalArgumentException if they have another shape
    static Greeting read(@Nullable Object params) {
        Map<?, ?> fields = object("params", params);
        Map<?, ?> capabilities = fields.get("capabilities") == null
                ? Map.of()
                : object("capabilities", fields.get("capabilities"));
        if (capabilities.get("roots") != null) {
            object("capabilities.roots", capabilities.get("roots"));
        }
        Object asked = fields.get("protocolVersion");
        return new Greeting(
                asked instanceof String known && REVISIONS.contains(known)
                        ? known
                        : REVISIONS.getLast(),
                capabilities.get("roots") != null);
    }

    private static Map<?, ?> object(String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new IllegalArgumentException(
                field + " must be an object, got " + Shown.of(value));
    }

    /// The result that the client hears.
    Map<String, Object> result(Introduction introduction) {
        var result = new LinkedHashMap<String, Object>();
        result.put("protocolVersion", revision);
        result.put("capabilities", introduction.capabilities());
        result.put("serverInfo", introduction.server());
        result.put("instructions", introduction.instructions());
        return result;
    }

    /// The params with which the session hears the same.
    Map<String, Object> params() {
        return Map.of("protocolVersion", revision, "capabilities",
                roots ? Map.of("roots", Map.of()) : Map.of(), "clientInfo",
                Map.of("name", "client", "version", "?"));
    }
}
