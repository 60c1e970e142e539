package dev.memcollab.server.stdio;

import dev.memcollab.server.Shown;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a line of the client means.
sealed interface Incoming {
    /// A call that wants a reply.
    record Request(JSONRPCRequest message) implements Incoming {}

    /// A call that wants none.
    record Notification(JSONRPCNotification message) implements Incoming {}

    /// The client's answer to a request of the server.
    record Response(JSONRPCResponse message) implements Incoming {}

    /// Something that is no message; the error says why.
    record Refused(@Nullable Object id, int code, String why) implements Incoming {}

    static Incoming parse(String line) {
        Object value;
        try {
            value = PlainJson.read(line);
        } catch (JacksonException malformed) {
            return new Refused(null, ErrorCodes.PARSE_ERROR, "The line is not JSON.");
        }
        return switch (value) {
            case Map<?, ?> fields -> ofObject(fields);
            case List<?> _ -> invalid(null,
                    "Batches are not supported: send one JSON-RPC message a line.");
            case null, default -> invalid(null, "A message must be a JSON object.");
        };
    }

    private static Incoming ofObject(Map<?, ?> fields) {
        Object id = fields.get("id");
        if (fields.containsKey("id") && !(id instanceof String || id instanceof Integer
                || id instanceof Long)) {
            return invalid(null, "id must be a string or an integer, got " + Shown.of(id));
        }
        if (!"2.0".equals(fields.get("jsonrpc"))) {
            return invalid(id,
                    "jsonrpc must be \"2.0\", got " + Shown.of(fields.get("jsonrpc")));
        }
        if (fields.get("method") instanceof String method) {
            Object params = fields.get("params");
            return id == null
                    ? new Notification(new JSONRPCNotification(method, params))
                    : new Request(new JSONRPCRequest(method, id, params));
        }
        if (fields.containsKey("method")) {
            return invalid(id,
                    "method must be a string, got " + Shown.of(fields.get("method")));
        }
        return id == null
                ? invalid(null, "A message needs a method, or an id with a result.")
                : response(id, fields);
    }

    private static Incoming response(Object id, Map<?, ?> fields) {
        if (fields.containsKey("error") == fields.containsKey("result")) {
            return invalid(null, "A message needs a method, or either a result or an error.");
        }
        if (fields.containsKey("result")) {
            Object result = Objects.requireNonNullElse(fields.get("result"), Map.of());
            return new Response(JSONRPCResponse.result(id, result));
        }
        if (fields.get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof Integer code
                && error.get("message") instanceof String message) {
            return new Response(
                    JSONRPCResponse.error(id, new JSONRPCError(code, message, error.get("data"))));
        }
        return invalid(null, "error must hold an integer code and a message, got "
                + Shown.of(fields.get("error")));
    }

    private static Refused invalid(@Nullable Object id, String why) {
        return new Refused(id, ErrorCodes.INVALID_REQUEST, why);
    }
}
