package dev.memcollab.server.mcp;

import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.server.MemoryService;
import dev.memcollab.server.stdio.Introduction;
import dev.memcollab.server.stdio.ProtocolStreams;
import dev.memcollab.server.stdio.StatelessTransport;
import dev.memcollab.server.stdio.StdioTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        var json = new StrictJson();
        var introduction = introduction(version);
        var stateless = new StatelessTransport(json, introduction);
        var transport = new StdioTransport(json, streams, introduction, stateless);
        var server = new McpMemoryServer(transport, new LazyMemory(opening),
                new ClientProject(workingDirectory));
        transport.start();
        server.build(json, introduction, stateless);
        return server;
    }

    private static Introduction introduction(String version) {
        var about = new LinkedHashMap<String, String>();
        about.put("name", "memcollab");
        about.put("version", version);
        var offered = new LinkedHashMap<String, Map<String, Boolean>>();
        offered.put("tools", Map.of("listChanged", false));
        offered.put("resources", new TreeMap<>(Map.of("listChanged", false, "subscribe", false)));
        offered.put("prompts", Map.of("listChanged", false));
        return new Introduction(about, offered, Texts.read("instructions.txt"));
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
        var about = json.convertValue(introduction.server(), Implementation.class);
        var offered = json.convertValue(introduction.capabilities(), ServerCapabilities.class);
        var tools = List.of(OfferedTool.of("record_trajectory", new RecordTool(), memory, json),
                OfferedTool.of("recall_constraints", new RecallTool(), memory, json));
        var resources = new Resources(json, memory);
        var prompts = List.of(Prompts.recall(), Prompts.reflect());
        var _ = McpServer.sync(stateless).jsonMapper(json).serverInfo(about).capabilities(offered)
                .jsonSchemaValidator(new LazyValidator()).immediateExecution(true)
                .validateToolInputs(false)
                .tools(tools.stream().map(tool -> tool.alone(project)).toList())
                .resources(resources.status()).resourceTemplates(resources.constraint())
                .prompts(prompts).build();
        var _ = McpServer.sync(transport).jsonMapper(json).serverInfo(about).capabilities(offered)
                .jsonSchemaValidator(new LazyValidator()).requestTimeout(CLIENT_REPLY)
                .immediateExecution(true).validateToolInputs(false)
                .tools(tools.stream().map(tool -> tool.inSession(project)).toList())
                .resources(InSession.of(resources.status()))
                .resourceTemplates(InSession.of(resources.constraint()))
                .prompts(prompts.stream().map(InSession::of).toList())
                .rootsChangeHandler((_, roots) -> project.rootsChanged(roots)).build();
    }
}
