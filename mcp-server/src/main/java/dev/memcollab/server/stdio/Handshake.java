package dev.memcollab.server.stdio;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Optional;
import java.util.Set;

/// How far client and server have come in getting to know each other, and what may be asked at that point.
final class Handshake {
    /// What a client may ask after `initialize`. Before it, these are out of order and all others unknown: a client that
    /// probes for a later revision with `server/discover` must hear "unknown" to fall back.
    private static final Set<String> AFTER_INITIALIZE = Set.of(McpSchema.METHOD_TOOLS_LIST,
            McpSchema.METHOD_TOOLS_CALL, McpSchema.METHOD_RESOURCES_LIST,
            McpSchema.METHOD_RESOURCES_READ, McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
            McpSchema.METHOD_RESOURCES_SUBSCRIBE, McpSchema.METHOD_RESOURCES_UNSUBSCRIBE,
            McpSchema.METHOD_PROMPT_LIST, McpSchema.METHOD_PROMPT_GET,
            McpSchema.METHOD_COMPLETION_COMPLETE, McpSchema.METHOD_LOGGING_SET_LEVEL);

    private volatile Stage stage = Stage.FRESH;

    private enum Stage {
        FRESH, INITIALIZED, IN_USE
    }

    /// Says why a method may not be called; empty if it may.
    Optional<JSONRPCError> refusal(String method) {
        boolean fresh = stage == Stage.FRESH;
        if (fresh == method.equals(McpSchema.METHOD_INITIALIZE)) {
            return Optional.empty();
        }
        if (!fresh) {
            return Optional.of(new JSONRPCError(ErrorCodes.INVALID_REQUEST,
                    "initialize was answered before; it may be sent once."));
        }
        return Optional.of(AFTER_INITIALIZE.contains(method)
                ? new JSONRPCError(ErrorCodes.INVALID_REQUEST,
                        "Send initialize first, then " + method + ".")
                : new JSONRPCError(ErrorCodes.METHOD_NOT_FOUND, "Method not found: " + method));
    }

    boolean isFresh() {
        return stage == Stage.FRESH;
    }

    boolean isInUse() {
        return stage == Stage.IN_USE;
    }

    /// Marks `initialize` as answered well.
    void initialized() {
        if (stage == Stage.FRESH) {
            stage = Stage.INITIALIZED;
        }
    }

    /// Marks the client as ready; true the first time.
    boolean beginUse() {
        boolean first = stage == Stage.INITIALIZED;
        if (first) {
            stage = Stage.IN_USE;
        }
        return first;
    }
}
