package dev.memcollab.cli;

import dev.memcollab.server.Home;
import dev.memcollab.server.MemoryService;
import dev.memcollab.server.UninterruptedMemory;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.hook.HookLog;
import dev.memcollab.server.hook.HookSocket;
import dev.memcollab.server.hook.Hooks;
import dev.memcollab.server.mcp.McpMemoryServer;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `serve`: what an MCP client starts.
@Command(name = "serve", description = "Serve one MCP client over stdin and stdout.")
final class Serve implements Callable<Integer> {
    /// Clients ask their first questions one after the other, and opening would slow the answers down.
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_OF_THE_END = Duration.ofSeconds(15);

    @ParentCommand
    private Memcollab program;

    @Override
    public Integer call() {
        serve(program.streams(), program::wiring);
        return 0;
    }

    /// Serves until the client is gone.
    ///
    /// @param wiring asked for when the memory is opened
    static void serve(ProtocolStreams streams, Supplier<Wiring> wiring) {
        var opened = new AtomicReference<@Nullable Opened>();
        try (var server = McpMemoryServer.start(streams, () -> open(wiring.get(), opened),
                Version.text(), Path.of("").toAbsolutePath())) {
            server.openInPause(PAUSE);
            server.awaitEnd();
        } finally {
            Thread lastResort = haltLater();
            Opened all = opened.get();
            if (all != null) {
                all.close();
            }
            lastResort.interrupt();
        }
    }

    /// What hangs when the client is gone, such as a hook that was stopped while it was served, must not keep the process:
    /// the journal has what was acknowledged.
    private static Thread haltLater() {
        return Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            try {
                Thread.sleep(MOST_OF_THE_END);
                Runtime.getRuntime().halt(0);
            } catch (InterruptedException allEnded) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// The memory, and where hooks find it.
    private record Opened(UninterruptedMemory memory, Optional<HookSocket> socket)
            implements
                AutoCloseable {
        @Override
        public void close() {
            try (memory) {
                socket.ifPresent(HookSocket::close);
            }
        }
    }

    private static UninterruptedMemory open(Wiring wiring,
            AtomicReference<@Nullable Opened> opened) {
        var memory = new UninterruptedMemory(wiring.distillingMemory());
        opened.set(new Opened(memory, hookSocket(memory, wiring)));
        memory.prepare();
        return memory;
    }

    /// Lets hooks find the memory.
    private static Optional<HookSocket> hookSocket(MemoryService memory, Wiring wiring) {
        Home home = wiring.home();
        return HookSocket.open(home.run(), Hooks.in(wiring, memory), HookLog.in(home));
    }
}
