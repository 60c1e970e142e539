package dev.memcollab.server.stdio;

import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/// What a server says of itself: to `initialize`, and to `server/discover`.
public record Introduction(Implementation server, ServerCapabilities capabilities,
        String instructions) {}
