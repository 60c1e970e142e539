package dev.memcollab.demo;

import dev.memcollab.server.Home;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server started as an MCP client starts it, and the client that talks to it.
final class DemoServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final McpSyncClient client;

    private DemoServer(McpSyncClient client) {
        this.client = client;
    }

    /// Starts the server on a home and greets it.
    ///
    /// @param log takes what the server writes to stderr
    static DemoServer start(Home home, Consumer<String> log) {
        List<String> command = command();
        var parameters = ServerParameters.builder(command.getFirst())
                .args(command.subList(1, command.size()))
                .addEnvVar("MEMCOLLAB_HOME", home.root().toString())
                .addEnvVar("MEMCOLLAB_MODELS", home.models().toString()).build();
        var transport = new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(log);
        McpSyncClient client = McpClient.sync(transport).requestTimeout(PATIENCE)
                .clientInfo(Implementation.builder("memcollab-demo", "1").build()).build();
        client.initialize();
        return new DemoServer(client);
    }

    /// The launcher where it started this program, else this JVM's own command.
    private static List<String> command() {
        String launcher = System.getProperty("memcollab.launcher", "");
        if (!launcher.isEmpty()) {
            return List.of(launcher, "serve");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                "dev.memcollab.cli.Main", "serve"));
        return command;
    }

    String name() {
        var info = client.getServerInfo();
        return info.name() + " " + info.version();
    }

    List<String> tools() {
        return client.listTools().tools().stream().map(tool -> tool.name()).toList();
    }

    /// Calls a tool; what it says is an error is one here too.
    ///
    /// @return the answer as text
    String call(String tool, Map<String, Object> arguments) {
        CallToolResult result = client
                .callTool(CallToolRequest.builder(tool).arguments(arguments).build());
        String text = result.content().stream().map(DemoServer::text)
                .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            throw new IllegalStateException(text);
        }
        return text;
    }

    /// Calls `recall_constraints` and answers its structured result.
    JsonNode recall(Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder("recall_constraints").arguments(arguments).build());
        return JsonMapper.shared().valueToTree(result.structuredContent());
    }

    private static String text(Content content) {
        return content instanceof TextContent text ? text.text() : content.toString();
    }

    /// Reads a resource that is JSON.
    JsonNode read(String uri) {
        var contents = client.readResource(ReadResourceRequest.builder(uri).build()).contents();
        return contents.getFirst() instanceof TextResourceContents text
                ? JsonMapper.shared().readTree(text.text())
                : JsonMapper.shared().createObjectNode();
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
