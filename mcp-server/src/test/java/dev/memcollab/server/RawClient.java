package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.mcp.McpMemoryServer;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that sends any bytes and sees each line that comes back, against a server in this process.
public final class RawClient implements AutoCloseable {
    public static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";
    public static final String INITIALIZED = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";

    /// What a request of revision 2026-07-28 brings with it.
    public static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}""";

    /// Not there, so that nothing around it decides what project it is.
    public static final Path WORKING_DIRECTORY = Path.of("/no-such-place/work");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PipedOutputStream toServer = new PipedOutputStream();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final McpMemoryServer server;

    public RawClient(Supplier<? extends MemoryService> memory) {
        try {
            var in = new PipedInputStream(toServer, 1 << 16);
            server = McpMemoryServer.start(new ProtocolStreams(in, new LineSink()), memory, "1.2.3",
                    WORKING_DIRECTORY);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Lets the server open its memory unasked.
    public void openInPause(Duration pause) {
        server.openInPause(pause);
    }

    /// Connects and initializes.
    public static RawClient ready(MemoryService memory) {
        var client = new RawClient(() -> memory);
        client.send(INITIALIZE);
        assertThat(client.reply().has("result")).isTrue();
        client.send(INITIALIZED);
        return client;
    }

    public void send(String line) {
        send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
        try {
            toServer.write(bytes);
            toServer.flush();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public void request(Object id, String method, String params) {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + JSON.writeValueAsString(id) + ",\"method\":\""
                + method
                + "\",\"params\":" + params.replace("\n", " ") + "}");
    }

    /// A request that stands alone.
    public void requestAlone(Object id, String method, String params) {
        request(id, method, params.equals("{}")
                ? "{" + META + "}"
                : "{" + META + "," + params.substring(1));
    }

    public void callAlone(Object id, String tool, String arguments) {
        requestAlone(id, "tools/call",
                "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    public void call(Object id, String tool, String arguments) {
        request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    public void endInput() {
        try {
            toServer.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The next line of the server.
    public String line() {
        try {
            String line = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return assertThat(line).as("a line from the server").isNotNull().actual();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    public JsonNode reply() {
        return JSON.readTree(line());
    }

    public JsonNode result(Object id) {
        JsonNode reply = reply();
        assertThat(reply.path("id")).as(reply.toString()).isEqualTo(JSON.valueToTree(id));
        assertThat(reply.has("error")).as(reply.toString()).isFalse();
        return reply.get("result");
    }

    /// Asserts that the next line is an error of this code; gives its message.
    public String error(int code) {
        JsonNode reply = reply();
        assertThat(reply.path("error").path("code").asInt()).as(reply.toString()).isEqualTo(code);
        return reply.get("error").get("message").asString();
    }

    /// All lines until the server is done, which it is soon after the end of its input.
    public List<JsonNode> repliesUntilTheEnd() throws Exception {
        endInput();
        ended().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var lines = new ArrayList<String>();
        received.drainTo(lines);
        return lines.stream().map(JSON::readTree).toList();
    }

    /// Asserts that nothing was sent, by a ping whose reply is the next line.
    public void expectNothingMore() {
        request("nothing", "ping", "{}");
        assertThat(line()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"nothing\",\"result\":{}}");
    }

    public CompletableFuture<Void> ended() {
        return CompletableFuture.runAsync(server::awaitEnd);
    }

    @Override
    public void close() {
        endInput();
        server.close();
    }

    /// What the server writes, cut into lines.
    private final class LineSink extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            if (octet == '\n') {
                received.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(octet);
            }
        }
    }
}
