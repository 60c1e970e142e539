package dev.memcollab.plugin;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The program as a client starts it, spoken to in raw lines: no library stands between.
final class RunningServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;
    private final JsonNode greeting;
    private int requestId;

    /// @param arguments what the manifest hands to the launcher
    RunningServer(Path home, List<String> arguments) throws IOException {
        process = started(home, arguments);
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly());
        requests = process.outputWriter();
        replies = process.inputReader();
        greeting = ask("initialize", Map.of("protocolVersion", "2025-06-18", "capabilities",
                Map.of(), "clientInfo", Map.of("name", "test", "version", "1")));
        send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
    }

    /// The process alone.
    static Process started(Path home, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                "jdk.incubator.vector", "-Xlog:disable", "-Xlog:all=warning:stderr", "-cp",
                System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path")),
                "dev.memcollab.cli.Main"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MEMCOLLAB_HOME", home.toString());
        return builder.start();
    }

    /// What the server said of itself.
    JsonNode serverInfo() {
        return greeting.path("serverInfo");
    }

    /// The result of a request.
    JsonNode ask(String method, Object parameters) throws IOException {
        requestId++;
        send(Map.of("jsonrpc", "2.0", "id", requestId, "method", method, "params", parameters));
        for (var line = replies.readLine(); line != null; line = replies.readLine()) {
            var message = Manifests.JSON.readTree(line);
            if (message.path("id").asInt(-1) == requestId && message.has("result")) {
                return message.path("result");
            }
            if (message.has("error")) {
                throw new AssertionError(method + " was refused: " + line);
            }
        }
        throw new AssertionError("the server ended before it answered " + method);
    }

    private void send(Object message) throws IOException {
        requests.write(Manifests.JSON.writeValueAsString(message));
        requests.newLine();
        requests.flush();
    }

    /// Ends its input, as a client that is done does, and waits for it to go.
    @Override
    public void close() throws IOException {
        requests.close();
        process.onExit().join();
    }
}
