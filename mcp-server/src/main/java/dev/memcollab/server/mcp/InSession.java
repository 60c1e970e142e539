package dev.memcollab.server.mcp;

import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;

/// What answers requests that stand alone, in the form that the SDK wants for a session.
final class InSession {
    private InSession() {}

    static McpServerFeatures.SyncResourceSpecification of(
            McpStatelessServerFeatures.SyncResourceSpecification alone) {
        return new McpServerFeatures.SyncResourceSpecification(alone.resource(),
                (exchange, request) -> alone.readHandler().apply(exchange.transportContext(),
                        request));
    }

    static McpServerFeatures.SyncResourceTemplateSpecification of(
            McpStatelessServerFeatures.SyncResourceTemplateSpecification alone) {
        return new McpServerFeatures.SyncResourceTemplateSpecification(alone.resourceTemplate(),
                (exchange, request) -> alone.readHandler().apply(exchange.transportContext(),
                        request));
    }

    static McpServerFeatures.SyncPromptSpecification of(
            McpStatelessServerFeatures.SyncPromptSpecification alone) {
        return new McpServerFeatures.SyncPromptSpecification(alone.prompt(),
                (exchange, request) -> alone.promptHandler().apply(exchange.transportContext(),
                        request));
    }
}
