package dev.memcollab.server.stdio;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Messages to the client: one line each, whole, flushed.
final class MessageWriter {
    private final McpJsonMapper json;
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    MessageWriter(McpJsonMapper json, OutputStream out) {
        this.json = json;
        this.out = out;
    }

    /// Writes a reply of plain values.
    void writeResult(Object id, Map<String, ?> result) throws IOException {
        writeLine(result(id, result));
    }

    static byte[] result(Object id, Map<String, ?> result) {
        return plain(id, "result", result);
    }

    void writeError(Object id, JSONRPCError error) throws IOException {
        writeLine(error(id, error));
    }

    static byte[] error(Object id, JSONRPCError error) {
        return plain(id, "error", fields(error));
    }

    /// Writes an error reply. JSON-RPC wants `id: null` where no id could be read; the SDK's record would leave it out.
    void writeError(@Nullable Object id, int code, String message) throws IOException {
        writeLine(plain(id, "error", fields(new JSONRPCError(code, message))));
    }

    private static Map<String, Object> fields(JSONRPCError error) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", error.code());
        fields.put("message", error.message());
        if (error.data() != null) {
            fields.put("data", error.data());
        }
        return fields;
    }

    private static byte[] plain(@Nullable Object id, String kind, Map<String, ?> value) {
        var reply = new LinkedHashMap<String, @Nullable Object>();
        reply.put("jsonrpc", "2.0");
        reply.put("id", id);
        reply.put(kind, value);
        return line(PlainJson.write(reply));
    }

    byte[] line(JSONRPCMessage message) {
        try {
            return line(json.writeValueAsString(message));
        } catch (IOException unfit) {
            throw new IllegalArgumentException("message cannot be written as JSON", unfit);
        }
    }

    /// By way of a string: a lone surrogate that a client sent and a reply repeats becomes "?" here, where a writer to bytes
    /// would refuse it.
    private static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void writeLine(byte[] line) throws IOException {
        lock.lock();
        try {
            out.write(line);
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
