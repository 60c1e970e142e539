package dev.memcollab.server.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;

/// The SDK's schema validator, loaded by the first answer that it checks.
///
/// A client waits for its first lists with a time limit, and the validator is a large part of what would be loaded before them. That
/// the announced schemas are schemas is not looked at again in every start: they are part of the program, its tests check them.
final class LazyValidator implements JsonSchemaValidator {
    @Override
    public void assertConforms(String name, Map<String, Object> schema) {}

    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
        return McpJsonDefaults.getSchemaValidator().validate(schema, content);
    }

    @Override
    public ValidationResponse validateSchema(Map<String, Object> schema) {
        return McpJsonDefaults.getSchemaValidator().validateSchema(schema);
    }
}
