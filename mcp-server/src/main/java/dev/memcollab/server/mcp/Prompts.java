package dev.memcollab.server.mcp;

import dev.memcollab.server.Shown;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The prompts a user picks by hand: recall before a task, reflect after it.
final class Prompts {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private Prompts() {}

    static SyncPromptSpecification recall() {
        return new SyncPromptSpecification(Prompt.builder("recall").title("Recall before a task")
                .description("Look up what earlier runs taught before planning")
                .arguments(List.of(argument("task", "What is to be done", true))).build(),
                (_, request) -> filled("recall.txt", request));
    }

    static SyncPromptSpecification reflect() {
        return new SyncPromptSpecification(Prompt.builder("reflect").title("Reflect after a task")
                .description("Record how the task that just ended went")
                .arguments(List.of(argument("task", "The task as it was given", false),
                        argument("outcome", "success, failure or unknown", false)))
                .build(), (_, request) -> filled("reflect.txt", request));
    }

    private static PromptArgument argument(String name, String description, boolean required) {
        return PromptArgument.builder(name).description(description).required(required).build();
    }

    private static GetPromptResult filled(String name, GetPromptRequest request) {
        String text = PLACE.matcher(Texts.read(name))
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), request)));
        var message = PromptMessage.builder(Role.USER, TextContent.builder(text).build()).build();
        return GetPromptResult.builder(List.of(message)).build();
    }

    private static String value(String field, GetPromptRequest request) {
        Object value = request.arguments() == null ? null : request.arguments().get(field);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        if (request.name().equals("recall")) {
            throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                    .message(field + " must be a text, got " + Shown.of(value)).build();
        }
        return "(as you know it from this conversation)";
    }
}
