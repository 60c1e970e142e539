package dev.memcollab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on a home, started as a client starts it, that is asked over stdio.
final class ServedRecall implements AutoCloseable {
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private int asked;

    private ServedRecall(Process process) {
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.UTF_8);
        this.from = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts it with the options of this JVM and greets it.
    static ServedRecall start(Path home) throws IOException {
        List<String> command = OtherJvm.program(List.of("--home", home.toString(), "serve"));
        var served = new ServedRecall(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start());
        try {
            served.answer("initialize", Map.of("protocolVersion", "2025-11-25", "capabilities",
                    Map.of(), "clientInfo", Map.of("name", "bench", "version", "1")));
            served.send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
            return served;
        } catch (IOException | RuntimeException e) {
            served.close();
            throw e;
        }
    }

    /// What was recalled, and how long it took from the request's first byte to the answer's last.
    record Recalled(JsonNode content, long nanoseconds) {}

    Recalled recall(String task) throws IOException {
        long begun = System.nanoTime();
        String line = answer("tools/call", Map.of("name", "recall_constraints", "arguments",
                Map.of("task", task, "project", RecallData.PROJECT.name())));
        long took = System.nanoTime() - begun;
        JsonNode content = JsonMapper.shared().readTree(line).path("result")
                .path("structuredContent");
        if (content.isMissingNode()) {
            throw new IOException("the server did not recall: " + line);
        }
        return new Recalled(content, took);
    }

    private String answer(String method, Map<String, Object> params) throws IOException {
        int id = ++asked;
        send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
        String line = from.readLine();
        if (line == null) {
            throw new IOException("the server ended at request %d, %s".formatted(id, method));
        }
        return line;
    }

    private void send(Map<String, Object> message) throws IOException {
        to.write(JsonMapper.shared().writeValueAsString(message) + "\n");
        to.flush();
    }

    @Override
    public void close() throws IOException {
        to.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
