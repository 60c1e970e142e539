package dev.memcollab.server.mcp;

import static java.lang.System.Logger.Level.DEBUG;

import dev.memcollab.server.MemoryService;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.function.Supplier;

/// A tool as clients see it: what is announced, and what happens when it is called.
record OfferedTool(McpSchema.Tool announced, Tool tool, Supplier<MemoryService> memory) {
    private static final System.Logger log = System.getLogger(OfferedTool.class.getName());

    static OfferedTool of(String name, Tool tool, Supplier<MemoryService> memory,
            McpJsonMapper json) {
        return new OfferedTool(Texts.tool(name, json), tool, memory);
    }

    McpServerFeatures.SyncToolSpecification inSession(ClientProject project) {
        return McpServerFeatures.SyncToolSpecification.builder().tool(announced)
                .callHandler((exchange, request) -> call(request, () -> project.of(exchange)))
                .build();
    }

    McpStatelessServerFeatures.SyncToolSpecification alone(ClientProject project) {
        return McpStatelessServerFeatures.SyncToolSpecification.builder().tool(announced)
                .callHandler((_, request) -> call(request, project::ofWorkingDirectory)).build();
    }

    private CallToolResult call(CallToolRequest request, Supplier<String> project) {
        try {
            return tool.call(request.arguments(), memory, project);
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
