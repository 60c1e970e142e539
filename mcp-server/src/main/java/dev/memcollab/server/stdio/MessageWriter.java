package dev.memcollab.server.stdio;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

    void write(Object message) throws IOException {
        writeLine(line(message));
    }

    byte[] line(Object message) {
        // By way of a string: a lone surrogate that a client sent and a reply repeats becomes "?"
        // here, where a writer to
        // bytes would refuse it.
        try {
            return (json.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException unfit) {
            throw new IllegalArgumentException("message cannot be written as JSON", unfit);
        }
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

    /// Writes an error reply. JSON-RPC wants `id: null` where no id could be read; the SDK's record would leave it out.
    void writeError(@Nullable Object id, int code, String message) throws IOException {
        var reply = new LinkedHashMap<String, @Nullable Object>();
        reply.put("jsonrpc", "2.0");
        reply.put("id", id);
        reply.put("error", new JSONRPCError(code, message));
        write(reply);
    }
}
