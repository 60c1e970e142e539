package dev.memcollab.server.mcp;

import dev.memcollab.server.Activity;
import dev.memcollab.server.ConstraintView;
import dev.memcollab.server.ConstraintView.Evidence;
import dev.memcollab.server.MemoryService;
import dev.memcollab.server.Shown;
import dev.memcollab.server.StatusReport;
import dev.memcollab.server.StatusReport.ModelState;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The memory's state and its constraints, to be read as JSON.
final class Resources {
    private static final String STATUS = "memcollab://status";
    private static final String CONSTRAINTS = "memcollab://constraints/";
    private static final String JSON = "application/json";
    private static final int MEMORY_FAILED = -32000;
    private static final System.Logger log = System.getLogger(Resources.class.getName());

    private final McpJsonMapper json;
    private final Supplier<MemoryService> memory;

    Resources(McpJsonMapper json, Supplier<MemoryService> memory) {
        this.json = json;
        this.memory = memory;
    }

    SyncResourceSpecification status() {
        var resource = Resource.builder(STATUS, "status").title("State of the memory")
                .description("What is stored, what waits to be distilled, what is missing")
                .mimeType(JSON).build();
        return new SyncResourceSpecification(resource,
                (_, _) -> contents(STATUS, () -> structured(memory.get().status())));
    }

    SyncResourceTemplateSpecification constraint() {
        var template = ResourceTemplate.builder(CONSTRAINTS + "{id}", "constraint")
                .title("A constraint").description("One constraint with its evidence")
                .mimeType(JSON).build();
        return new SyncResourceTemplateSpecification(template, (_, request) -> {
            return contents(request.uri(),
                    () -> structured(memory.get().constraint(id(request.uri()))
                            .orElseThrow(() -> McpError.RESOURCE_NOT_FOUND.apply(request.uri()))));
        });
    }

    private static String id(String uri) {
        String encoded = uri.substring(CONSTRAINTS.length()).replace("+", "%2B");
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                    .message("uri must be well encoded, got " + Shown.of(uri)).build();
        }
    }

    private ReadResourceResult contents(String uri, Supplier<Map<String, Object>> fields) {
        try {
            String text = json.writeValueAsString(fields.get());
            return ReadResourceResult.builder(List
                    .of(TextResourceContents.builder(uri, text).mimeType(JSON).build())).build();
        } catch (IOException unfit) {
            throw new UncheckedIOException("resource " + uri + " cannot be written", unfit);
        } catch (McpError known) {
            throw known;
        } catch (RuntimeException failure) {
            // The border: reading has no other way to say that it failed than an error of the
            // protocol.
            log.log(Failures.level(), "reading " + uri + " failed", failure);
            throw McpError.builder(MEMORY_FAILED).message(Failures.sentence(failure)).build();
        }
    }

    static Map<String, Object> structured(StatusReport report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("memory", RecallTool.structured(report.memory()));
        fields.put("home", report.home());
        fields.put("distiller", report.distiller());
        fields.put("models", report.models().stream().map(Resources::structured).toList());
        fields.put("advice", report.advice());
        fields.put("recent", report.recent().stream().map(Resources::structured).toList());
        return fields;
    }

    private static Map<String, Object> structured(Activity.Entry said) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("number", said.number());
        fields.put("at", said.at().toString());
        fields.put("text", said.text());
        return fields;
    }

    private static Map<String, Object> structured(ModelState model) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("role", model.role());
        fields.put("name", model.name());
        fields.put("installed", model.installed());
        return fields;
    }

    static Map<String, Object> structured(ConstraintView view) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", view.id());
        fields.putAll(RecallTool.structured(view.statement()));
        fields.put("category", view.topic().category());
        fields.put("subcategory", view.topic().subcategory());
        fields.put("support", view.support());
        fields.put("origin", view.origin());
        fields.put("evidence", view.evidence().stream().map(Resources::structured).toList());
        return fields;
    }

    private static Map<String, Object> structured(Evidence evidence) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", evidence.kind());
        fields.put("source", evidence.source());
        fields.put("detail", evidence.detail());
        return fields;
    }
}
