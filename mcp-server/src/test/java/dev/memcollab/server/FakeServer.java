package dev.memcollab.server;

import dev.memcollab.server.mcp.McpMemoryServer;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.nio.file.Path;

/// A server process with a fake memory behind it, for clients that only talk to processes.
public final class FakeServer {
    private FakeServer() {}

    public static void main(String[] args) {
        var streams = ProtocolStreams.take();
        System.out.println("a library prints");
        try (var server = McpMemoryServer.start(streams, FakeMemory::new, "0", Path.of("/work"))) {
            server.awaitEnd();
        }
        System.exit(0);
    }
}
