package dev.memcollab.plugin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// MCP's Streamable HTTP in front of the program's stdio, for a tester that speaks nothing else: as much
/// of it as carries requests. What the program says is passed on as it is.
///
/// `initialize` opens a session with a process of its own; what comes without a session goes to one
/// process that all share.
final class HttpBridge implements AutoCloseable {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String STATELESS = "";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path home;
    private final HttpServer http;
    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

    HttpBridge(Path home) throws IOException {
        this.home = home;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/mcp", this::answer);
        http.start();
    }

    String url() {
        return "http://localhost:" + http.getAddress().getPort() + "/mcp";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String session = exchange.getRequestHeaders().getFirst(SESSION);
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange, session);
                case "DELETE" -> delete(exchange, session);
                default -> exchange.sendResponseHeaders(405, -1); // it sends nothing unasked
            }
        }
    }

    private void delete(HttpExchange exchange, @Nullable String session) throws IOException {
        Conversation ended = session == null ? null : conversations.remove(session);
        if (ended != null) {
            ended.close();
        }
        exchange.sendResponseHeaders(ended == null ? 404 : 200, -1);
    }

    private void post(HttpExchange exchange, @Nullable String session) throws IOException {
        JsonNode message = Manifests.JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean opens = message.path("method").asString("").equals("initialize");
        String name = opens ? UUID.randomUUID().toString() : session == null ? STATELESS : session;
        Conversation conversation = opens || session == null
                ? conversations.computeIfAbsent(name, _ -> new Conversation(home))
                : conversations.get(name);
        if (conversation == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (message.has("method") && message.has("id")) {
            if (opens) {
                exchange.getResponseHeaders().set(SESSION, name);
            }
            reply(exchange, conversation.ask(message));
        } else {
            conversation.tell(message);
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private static void reply(HttpExchange exchange, JsonNode reply) throws IOException {
        byte[] body = reply.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status(reply), body.length);
        exchange.getResponseBody().write(body);
    }

    /// What HTTP says beside the JSON.
    private static int status(JsonNode reply) {
        return switch (reply.path("error").path("code").asInt(0)) {
            case -32601 -> 404;
            case -32600, -32602, -32700, -32020, -32021, -32022 -> 400;
            default -> 200;
        };
    }

    @Override
    public void close() {
        http.stop(0);
        conversations.values().forEach(Conversation::close);
    }

    /// A process, and the requests that it has not answered.
    private static final class Conversation implements AutoCloseable {
        private final Process process;
        private final BufferedWriter requests;
        private final Map<JsonNode, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

        Conversation(Path home) {
            try {
                process = RunningServer.started(home, List.of("serve"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            requests = process.outputWriter();
            Thread.startVirtualThread(() -> process.inputReader().lines().forEach(this::hear));
        }

        private void hear(String line) {
            JsonNode message = Manifests.JSON.readTree(line);
            CompletableFuture<JsonNode> asked = open.remove(message.path("id"));
            if (asked != null) {
                asked.complete(message);
            }
        }

        JsonNode ask(JsonNode request) throws IOException {
            var reply = new CompletableFuture<JsonNode>();
            open.put(request.path("id"), reply);
            tell(request);
            try {
                return reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IOException("no reply to " + request, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        synchronized void tell(JsonNode message) throws IOException {
            requests.write(message.toString());
            requests.newLine();
            requests.flush();
        }

        @Override
        public void close() {
            try {
                requests.close();
            } catch (IOException gone) {
                process.destroyForcibly();
            }
            process.onExit().join();
        }
    }
}
