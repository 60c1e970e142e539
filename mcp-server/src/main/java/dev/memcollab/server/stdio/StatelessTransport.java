package dev.memcollab.server.stdio;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/// Answers the requests that stand alone, as revision 2026-07-28 has them.
public final class StatelessTransport implements McpStatelessServerTransport {
    // The SDK's stateless server knows what is asked and whether it fits; it speaks the revisions
    // up to 2025-11-25. What the newer one wants beside that is put around its results here.

    /// The lists are part of the program: they change with it, not while it runs.
    private static final Duration LISTS_FRESH = Duration.ofHours(1);
    private static final String SERVER = "io.modelcontextprotocol/serverInfo";
    private static final TypeRef<Map<String, Object>> FIELDS = new TypeRef<>() {
    };

    private final McpJsonMapper json;
    private final Introduction introduction;
    private final CompletableFuture<McpStatelessServerHandler> handler = new CompletableFuture<>();

    public StatelessTransport(McpJsonMapper json, Introduction introduction) {
        this.json = json;
        this.introduction = introduction;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler handler) {
        this.handler.complete(handler);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    /// Answers on the thread that calls, once a server is built on this; interrupting it cancels the work.
    JSONRPCResponse answer(JSONRPCRequest request) {
        try {
            var response = handler.join().handleRequest(McpTransportContext.EMPTY, request)
                    .block();
            return inNewWords(request, Objects.requireNonNull(response));
        } catch (McpError refused) {
            return JSONRPCResponse.error(request.id(), inNewWords(refused.getJsonRpcError()));
        }
    }

    /// Waits until a server is built on this.
    void awaitServer() {
        handler.join();
    }

    /// The result of `server/discover`.
    Map<String, Object> discovery() {
        var result = new LinkedHashMap<String, Object>();
        result.put("supportedVersions", Envelope.SUPPORTED);
        result.put("capabilities", introduction.capabilities());
        result.put("instructions", introduction.instructions());
        return complete(Envelope.DISCOVER, result);
    }

    private JSONRPCResponse inNewWords(JSONRPCRequest request, JSONRPCResponse response) {
        var error = response.error();
        return error == null
                ? JSONRPCResponse.result(request.id(), complete(request.method(),
                        json.convertValue(response.result(), FIELDS)))
                : JSONRPCResponse.error(request.id(), inNewWords(error));
    }

    private Map<String, Object> complete(String method, Map<String, Object> result) {
        result.put("resultType", "complete");
        switch (method) {
            case McpSchema.METHOD_TOOLS_CALL, McpSchema.METHOD_PROMPT_GET -> {
            }
            case McpSchema.METHOD_RESOURCES_READ -> {
                result.put("ttlMs", 0);
                result.put("cacheScope", "private");
            }
            default -> {
                result.put("ttlMs", LISTS_FRESH.toMillis());
                result.put("cacheScope", "public");
            }
        }
        result.put("_meta", Map.of(SERVER, introduction.server()));
        return result;
    }

    /// The revision gave up the code for a resource that is not there.
    private static JSONRPCError inNewWords(JSONRPCError error) {
        return error.code() == ErrorCodes.RESOURCE_NOT_FOUND
                ? new JSONRPCError(ErrorCodes.INVALID_PARAMS, error.message(), error.data())
                : error;
    }
}
