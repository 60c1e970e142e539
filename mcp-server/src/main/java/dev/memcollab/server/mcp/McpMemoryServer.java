package dev.memcollab.server.mcp;

import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.server.MemoryService;
import dev.memcollab.server.stdio.Introduction;
import dev.memcollab.server.stdio.ProtocolStreams;
import dev.memcollab.server.stdio.StatelessTransport;
import dev.memcollab.server.stdio.StdioTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        var introduction = new Introduction(Implementation.builder("memcollab", version).build(),
                ServerCapabilities.builder().tools(false).resources(false, false).prompts(false)
                        .build(),
                Texts.read("instructions.txt"));
        var stateless = new StatelessTransport(json, introduction);
        var transport = new StdioTransport(json, streams, stateless);
        var server = new McpMemoryServer(transport, new LazyMemory(opening),
                new ClientProject(workingDirectory));
        server.build(json, introduction, stateless);
        transport.start();
        return server;
    }

    /// Opens the memory once the client has its first answers and pauses, though nobody has asked
    /// for it: what another process left waiting is distilled then.
    ///
    /// @param pause how long the client has to be silent
    public void openInPause(Duration pause) {
        Thread.ofPlatform().daemon().name("memory-soon").start(() -> {
            try {
                transport.awaitPause(pause);
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

    /// The SDK builds a server for each era, both on one definition of what they offer.
    private void build(McpJsonMapper json, Introduction introduction,
            StatelessTransport stateless) {
        var tools = List.of(OfferedTool.of("record_trajectory", new RecordTool(), memory, json),
                OfferedTool.of("recall_constraints", new RecallTool(), memory, json));
        var resources = new Resources(json, memory);
        var prompts = List.of(Prompts.recall(), Prompts.reflect());
        var _ = McpServer.sync(stateless).jsonMapper(json).serverInfo(introduction.server())
                .instructions(introduction.instructions())
                .capabilities(introduction.capabilities()).jsonSchemaValidator(new LazyValidator())
                .immediateExecution(true).validateToolInputs(false)
                .tools(tools.stream().map(tool -> tool.alone(project)).toList())
                .resources(resources.status()).resourceTemplates(resources.constraint())
                .prompts(prompts).build();
        var _ = McpServer.sync(transport).jsonMapper(json).serverInfo(introduction.server())
                .instructions(introduction.instructions())
                .capabilities(introduction.capabilities()).jsonSchemaValidator(new LazyValidator())
                .requestTimeout(CLIENT_REPLY).immediateExecution(true).validateToolInputs(false)
                .tools(tools.stream().map(tool -> tool.inSession(project)).toList())
                .resources(InSession.of(resources.status()))
                .resourceTemplates(InSession.of(resources.constraint()))
                .prompts(prompts.stream().map(InSession::of).toList())
                .rootsChangeHandler((_, roots) -> project.rootsChanged(roots)).build();
    }
}
