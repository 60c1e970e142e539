package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The program's server as a process, and a client that sends any line. Every line that comes back
/// must be JSON.
final class ServerProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Writer requests;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int requestId;

    private ServerProcess(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
    }

    static ServerProcess start(Path home, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(ServerCommand.real(home)).redirectError(Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    /// Started and greeted.
    static ServerProcess ready(Path home, Map<String, String> environment) throws IOException {
        var server = start(home, environment);
        server.greet();
        return server;
    }

    JsonNode greet() {
        send(RawClient.INITIALIZE);
        JsonNode greeting = reply();
        send(RawClient.INITIALIZED);
        return greeting.path("result");
    }

    void send(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode ask(String method, Map<String, ?> parameters) {
        int id = ++requestId;
        send(JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters)));
        JsonNode reply = reply();
        assertThat(reply.path("id").asInt()).as(reply.toString()).isEqualTo(id);
        return reply.path("result");
    }

    /// The structured answer of a tool that did not fail.
    JsonNode call(String tool, Map<String, ?> arguments) {
        JsonNode result = ask("tools/call", Map.of("name", tool, "arguments", arguments));
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        return result.path("structuredContent");
    }

    JsonNode status() {
        JsonNode read = ask("resources/read", Map.of("uri", "memcollab://status"));
        return JSON.readTree(read.path("contents").path(0).path("text").asString());
    }

    /// Asks until nothing waits to be distilled, and answers the last status.
    JsonNode statusOnceNothingWaits(long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        JsonNode status = status();
        while (status.path("memory").path("pending").asInt() > 0
                && System.nanoTime() < deadline) {
            Thread.sleep(200);
            status = status();
        }
        return status;
    }

    JsonNode reply() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return JSON.readTree(assertThat(line).as("a line from the server").isNotNull()
                    .actual());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ends its input, as a client that is done does, and answers how it ended.
    int end() throws IOException, InterruptedException {
        requests.close();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void read() {
        try (BufferedReader replies = process.inputReader(StandardCharsets.UTF_8)) {
            replies.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            lines.add("{}");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
