package dev.memcollab.cli;

import dev.memcollab.server.UninterruptedMemory;
import dev.memcollab.server.mcp.McpMemoryServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `serve`: what an MCP client starts.
@Command(name = "serve", description = "Serve one MCP client over stdin and stdout.")
final class Serve implements Callable<Integer> {
    /// Long enough for the client's first questions, which the opening would slow down.
    private static final Duration OPENING = Duration.ofSeconds(1);

    @ParentCommand
    private Memcollab program;

    private final AtomicReference<@Nullable UninterruptedMemory> opened = new AtomicReference<>();

    @Override
    public Integer call() {
        try (var server = McpMemoryServer.start(program.streams(), this::open, Version.text(),
                Path.of("").toAbsolutePath())) {
            server.openSoon(OPENING);
            server.awaitEnd();
        } finally {
            UninterruptedMemory memory = opened.get();
            if (memory != null) {
                memory.close();
            }
        }
        return 0;
    }

    private UninterruptedMemory open() {
        var memory = new UninterruptedMemory(program.wiring().distillingMemory());
        opened.set(memory);
        memory.prepare();
        return memory;
    }
}
