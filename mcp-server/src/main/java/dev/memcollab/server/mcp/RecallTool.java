package dev.memcollab.server.mcp;

import dev.memcollab.server.ConstraintText;
import dev.memcollab.server.MemoryCounts;
import dev.memcollab.server.MemoryService;
import dev.memcollab.server.RecallAnswer;
import dev.memcollab.server.RecallAnswer.RecalledLine;
import dev.memcollab.server.RecallRequest;
import dev.memcollab.trajectory.Excerpt;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `recall_constraints`: what earlier runs taught about a task.
final class RecallTool implements Tool {
    private static final int LEAST_BUDGET_TOKENS = 50;
    private static final int MOST_BUDGET_TOKENS = 8_000;

    static final List<String> FIELDS = List.of("task", "feedback", "limit", "category",
            "subcategory", "project", "budget_tokens");

    @Override
    public CallToolResult call(@Nullable Map<String, Object> arguments,
            Supplier<MemoryService> memory, Supplier<String> project) {
        RecallRequest request = request(arguments, project);
        RecallAnswer answer = memory.get().recall(request);
        return CallToolResult.builder().addTextContent(text(answer))
                .structuredContent(structured(answer)).build();
    }

    static RecallRequest request(@Nullable Map<String, Object> values, Supplier<String> project) {
        var arguments = Arguments.of(values, FIELDS);
        String task = arguments.text("task", RecordTool.MOST_TASK_CHARS);
        String feedback = arguments.filledText("feedback", RecordTool.MOST_BYTES);
        int limit = arguments.integer("limit", RecallRequest.DEFAULT_LIMIT, 1,
                RecallRequest.MOST_LIMIT);
        int budgetTokens = arguments.integer("budget_tokens", RecallRequest.DEFAULT_BUDGET_TOKENS,
                LEAST_BUDGET_TOKENS, MOST_BUDGET_TOKENS);
        String named = arguments.optionalName("project", RecordTool.MOST_NAME_CHARS);
        return new RecallRequest(task, feedback, limit,
                arguments.filledText("category", RecordTool.MOST_NAME_CHARS),
                arguments.filledText("subcategory", RecordTool.MOST_NAME_CHARS),
                named == null ? project.get() : named, budgetTokens);
    }

    static Map<String, Object> structured(RecallAnswer answer) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("category", answer.topic().category());
        fields.put("subcategory", answer.topic().subcategory());
        fields.put("confidence", answer.confidence());
        fields.put("compared_by", answer.byMeaning() ? "meaning" : "words");
        fields.put("constraints", answer.lines().stream().map(RecallTool::structured).toList());
        var heldBack = new LinkedHashMap<String, Object>();
        heldBack.put("count", answer.heldBack().count());
        heldBack.put("why", whyLess(answer));
        fields.put("held_back", heldBack);
        fields.put("memory", structured(answer.memory()));
        return fields;
    }

    private static Map<String, Object> structured(RecalledLine line) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", line.id());
        fields.putAll(structured(line.statement()));
        fields.put("category", line.topic().category());
        fields.put("subcategory", line.topic().subcategory());
        fields.put("support", line.support());
        fields.put("origin", line.origin());
        fields.put("score", line.score());
        return fields;
    }

    static Map<String, Object> structured(ConstraintText statement) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("text", statement.text());
        fields.put("when", statement.when());
        fields.put("enforce", statement.enforce());
        fields.put("avoid", statement.avoid());
        return fields;
    }

    static Map<String, Object> structured(MemoryCounts counts) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("constraints", counts.constraints());
        fields.put("trajectories", counts.trajectories());
        fields.put("pending", counts.pending());
        return fields;
    }

    /// Why nothing came, or why not more did: a client that reads the structured answer alone must learn it too.
    private static String whyLess(RecallAnswer answer) {
        String emptyBecause = answer.emptyBecause();
        return emptyBecause == null ? answer.heldBack().why() : emptyBecause;
    }

    static String text(RecallAnswer answer) {
        String emptyBecause = answer.emptyBecause();
        if (emptyBecause != null) {
            return "No advice for this task: " + emptyBecause;
        }
        var text = new StringBuilder("Advice from earlier runs, not instructions. Take a line only "
                + "where its \"when\" fits.\n");
        for (RecalledLine line : answer.lines()) {
            text.append("- [").append(line.id()).append("] ")
                    .append(Excerpt.line(line.statement().text()))
                    .append(" (").append(Excerpt.line(line.origin())).append(")\n");
        }
        if (answer.heldBack().count() > 0) {
            text.append("Held back: ").append(answer.heldBack().why()).append('\n');
        }
        return text.append("If you use one, pass its id as `recalled` to record_trajectory.")
                .toString();
    }
}
