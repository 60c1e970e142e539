package dev.memcollab.server.mcp;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.server.MemoryService;
import dev.memcollab.server.stdio.ProtocolStreams;
import dev.memcollab.server.stdio.StdioTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A memory served to one MCP client over two streams.
public final class McpMemoryServer implements AutoCloseable {
    /// How long a client may take to tell its roots.
    private static final Duration CLIENT_REPLY = Duration.ofMillis(1_500);
    private static final System.Logger log = System.getLogger(McpMemoryServer.class.getName());
    /// The SDK tells every handshake. Held here, since a logger that nobody holds forgets its level.
    private static final Logger SDK_LOG = Logger.getLogger("io.modelcontextprotocol");

    private final StdioTransport transport;
    private final LazyMemory memory;
    private final ClientProject project;

    private McpMemoryServer(StdioTransport transport, LazyMemory memory, ClientProject project) {
        this.transport = transport;
        this.memory = memory;
        this.project = project;
    }

    /// Serves from here on, on threads of its own.
    ///
    /// @param opening opens the memory; called by the first request that needs it, again if it failed
    /// @param version what the server says of itself
    /// @param workingDirectory where a client without roots works
    public static McpMemoryServer start(ProtocolStreams streams,
            Supplier<? extends MemoryService> opening, String version, Path workingDirectory) {
        if (SDK_LOG.getLevel() == null) {
            SDK_LOG.setLevel(Level.WARNING);
        }
        var json = new StrictJson(McpJsonDefaults.getMapper());
        var transport = new StdioTransport(json, streams);
        var server = new McpMemoryServer(transport, new LazyMemory(opening),
                new ClientProject(workingDirectory));
        server.build(json, version);
        transport.start();
        return server;
    }

    /// Opens the memory a moment after the first answers, though nobody has asked for it: what
    /// another process left waiting is distilled then.
    public void openSoon(Duration delay) {
        Thread.ofPlatform().daemon().name("memory-soon").start(() -> {
            try {
                Thread.sleep(delay);
                var _ = memory.get();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (IllegalStateException unopened) {
                log.log(WARNING, unopened.getMessage());
            }
        });
    }

    /// Waits until the client is gone and its last replies are out.
    public void awaitEnd() {
        transport.ended().join();
    }

    @Override
    public void close() {
        transport.close();
    }

    private void build(McpJsonMapper json, String version) {
        var resources = new Resources(json, memory);
        var _ = McpServer.sync(transport).jsonMapper(json).serverInfo("memcollab", version)
                .instructions(Texts.read("instructions.txt"))
                .capabilities(ServerCapabilities.builder().tools(false).resources(false, false)
                        .prompts(false).build())
                .jsonSchemaValidator(new LazyValidator()).requestTimeout(CLIENT_REPLY)
                .immediateExecution(true).validateToolInputs(false)
                .tools(specification("record_trajectory", new RecordTool(), json),
                        specification("recall_constraints", new RecallTool(), json))
                .resources(resources.status()).resourceTemplates(resources.constraint())
                .prompts(Prompts.recall(), Prompts.reflect())
                .rootsChangeHandler((_, roots) -> project.rootsChanged(roots)).build();
    }

    private SyncToolSpecification specification(String name, Tool tool, McpJsonMapper json) {
        return SyncToolSpecification.builder().tool(Texts.tool(name, json))
                .callHandler((exchange, request) -> call(tool, exchange, request)).build();
    }

    private CallToolResult call(Tool tool, McpSyncServerExchange exchange,
            CallToolRequest request) {
        try {
            return tool.call(request.arguments(), memory, () -> project.of(exchange));
        } catch (IllegalArgumentException badArgument) {
            log.log(DEBUG, request.name() + " was called with bad arguments", badArgument);
            return failed(request.name() + ": " + badArgument.getMessage());
        } catch (RuntimeException failure) {
            // The border: the agent reads what failed and can go on, the log keeps how.
            log.log(Failures.level(), request.name() + " failed", failure);
            return failed(request.name() + " failed: " + Failures.sentence(failure));
        }
    }

    private static CallToolResult failed(String sentence) {
        return CallToolResult.builder().addTextContent(sentence).isError(true).build();
    }
}
