package dev.memcollab.server.stdio;

import dev.memcollab.server.Shown;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a request that stands alone says of itself in `_meta`, as revision 2026-07-28 wants it.
final class Envelope {
    static final String REVISION = "2026-07-28";
    static final String DISCOVER = "server/discover";
    /// The older revisions too: a client that knows none but them and a later one then sends `initialize`.
    static final List<String> SUPPORTED = List.of(REVISION, ProtocolVersions.MCP_2025_11_25,
            ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2024_11_05);

    private static final int UNSUPPORTED_VERSION = -32022;
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    /// Those of the revision that this server has something for. Not among them, though the SDK would answer: `ping`, which
    /// the revision dropped.
    private static final Set<String> METHODS = Set.of(DISCOVER, McpSchema.METHOD_TOOLS_LIST,
            McpSchema.METHOD_TOOLS_CALL, McpSchema.METHOD_RESOURCES_LIST,
            McpSchema.METHOD_RESOURCES_READ, McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
            McpSchema.METHOD_PROMPT_LIST, McpSchema.METHOD_PROMPT_GET);

    private Envelope() {}

    /// Says whether a request stands alone. `initialize` never does: it asks for a session, whatever comes with it.
    static boolean isOn(JSONRPCRequest request) {
        if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            return false;
        }
        Map<?, ?> meta = meta(request);
        return request.method().equals(DISCOVER) || meta.containsKey(VERSION)
                || meta.containsKey(CAPABILITIES);
    }

    /// Says why a request that stands alone cannot be answered; empty if it can.
    static Optional<JSONRPCError> refusal(JSONRPCRequest request) {
        Map<?, ?> meta = meta(request);
        if (!(meta.get(VERSION) instanceof String version)) {
            return invalid(VERSION, "a string", meta);
        }
        if (!(meta.get(CAPABILITIES) instanceof Map)) {
            return invalid(CAPABILITIES, "an object", meta);
        }
        if (!version.equals(REVISION)) {
            return unsupported(version);
        }
        return METHODS.contains(request.method())
                ? Optional.empty()
                : Optional.of(new JSONRPCError(ErrorCodes.METHOD_NOT_FOUND,
                        "Method not found: " + request.method()));
    }

    private static Map<?, ?> meta(JSONRPCRequest request) {
        return request.params() instanceof Map<?, ?> params
                && params.get("_meta") instanceof Map<?, ?> meta ? meta : Map.of();
    }

    private static Optional<JSONRPCError> invalid(String key, String kind, Map<?, ?> meta) {
        String seen = meta.containsKey(key) ? Shown.of(meta.get(key)) : "none";
        return Optional.of(new JSONRPCError(ErrorCodes.INVALID_PARAMS,
                "_meta must hold " + kind + " as " + key + ", got " + seen));
    }

    private static Optional<JSONRPCError> unsupported(String version) {
        var data = new LinkedHashMap<String, Object>();
        data.put("supported", SUPPORTED);
        data.put("requested", version);
        return Optional.of(new JSONRPCError(UNSUPPORTED_VERSION,
                "Unsupported protocol version: " + Shown.of(version), data));
    }
}
