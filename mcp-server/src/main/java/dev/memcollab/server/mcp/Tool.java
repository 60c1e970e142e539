package dev.memcollab.server.mcp;

import dev.memcollab.server.MemoryService;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What happens when a tool is called.
interface Tool {
    /// Reads the arguments, asks the memory, renders its answer.
    ///
    /// @param arguments as they came, absent if the client sent none
    /// @param memory opens it if need be; asked for only once the arguments are found good
    /// @param project what to take if the arguments name none
    CallToolResult call(@Nullable Map<String, Object> arguments, Supplier<MemoryService> memory,
            Supplier<String> project);
}
