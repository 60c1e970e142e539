package dev.memcollab.server.mcp;

import dev.memcollab.server.MemoryService;
import dev.memcollab.server.RecordReceipt;
import dev.memcollab.server.RecordRequest;
import dev.memcollab.server.Shown;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Verifier;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `record_trajectory`: a finished run goes into the memory.
final class RecordTool implements Tool {
    static final int MOST_TASK_CHARS = 20_000;
    static final int MOST_BYTES = 1 << 20;
    static final int MOST_NAME_CHARS = 1_000;
    private static final int MOST_RECALLED = 100;

    static final List<String> FIELDS = List.of("task", "outcome", "steps", "agent", "task_id",
            "feedback", "category", "subcategory", "verifier", "recalled", "project");

    @Override
    public CallToolResult call(@Nullable Map<String, Object> arguments,
            Supplier<MemoryService> memory, Supplier<String> project) {
        RecordRequest request = request(arguments, project);
        RecordReceipt receipt = memory.get().record(request);
        return CallToolResult.builder().addTextContent(text(receipt))
                .structuredContent(structured(receipt)).build();
    }

    static RecordRequest request(@Nullable Map<String, Object> values, Supplier<String> project) {
        var arguments = Arguments.of(values, FIELDS);
        String task = arguments.text("task", MOST_TASK_CHARS);
        Outcome outcome = arguments.choice("outcome", Outcome.values());
        List<Step> steps = steps(arguments);
        Verifier verifier = verifier(arguments);
        String feedback = arguments.filledText("feedback", MOST_BYTES);
        requireSize(task, steps, feedback, verifier);
        String named = arguments.optionalName("project", MOST_NAME_CHARS);
        return new RecordRequest(task, outcome, steps,
                arguments.filledText("agent", MOST_NAME_CHARS),
                arguments.filledText("task_id", MOST_NAME_CHARS), feedback,
                arguments.filledText("category", MOST_NAME_CHARS),
                arguments.filledText("subcategory", MOST_NAME_CHARS), verifier,
                arguments.texts("recalled", MOST_RECALLED, MOST_NAME_CHARS),
                named == null ? project.get() : named);
    }

    /// One string is a run told in prose: a single observation, since nobody said which parts were thought and which done.
    private static List<Step> steps(Arguments arguments) {
        Object value = arguments.raw("steps");
        if (value == null || value instanceof String) {
            return List.of(new Step(Step.Kind.OBSERVATION, arguments.text("steps", MOST_BYTES)));
        }
        if (!(value instanceof List<?> items)) {
            throw Arguments.mistyped("steps", "a string or an array of {kind, text}", value);
        }
        if (items.isEmpty()) {
            throw new IllegalArgumentException("steps must not be empty, got []");
        }
        var steps = new ArrayList<Step>();
        for (Object item : items) {
            var step = arguments.objectOf("steps[" + steps.size() + "]", item,
                    List.of("kind", "text"));
            steps.add(new Step(step.choice("kind", Step.Kind.values()),
                    step.text("text", MOST_BYTES)));
        }
        return steps;
    }

    private static @Nullable Verifier verifier(Arguments arguments) {
        var verifier = arguments.object("verifier", List.of("answer", "tests"));
        if (verifier == null) {
            return null;
        }
        if (verifier.has("answer") == verifier.has("tests")) {
            throw new IllegalArgumentException("verifier must have either answer or tests, got "
                    + Shown.of(arguments.raw("verifier")));
        }
        return verifier.has("answer")
                ? new Verifier.Answer(verifier.text("answer", MOST_TASK_CHARS))
                : new Verifier.Tests(verifier.text("tests", MOST_BYTES));
    }

    private static void requireSize(String task, List<Step> steps, @Nullable String feedback,
            @Nullable Verifier verifier) {
        long bytes = bytes(task) + (feedback == null ? 0 : bytes(feedback));
        for (Step step : steps) {
            bytes += bytes(step.text());
        }
        bytes += switch (verifier) {
            case Verifier.Answer(var text) -> bytes(text);
            case Verifier.Tests(var code) -> bytes(code);
            case null -> 0;
        };
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "task, steps, feedback and verifier may have at most "
                            + MOST_BYTES + " bytes together (1 MiB), got " + bytes
                            + ": leave out long outputs");
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static Map<String, Object> structured(RecordReceipt receipt) {
        var queue = new LinkedHashMap<String, Object>();
        queue.put("position", receipt.queuePosition());
        Integer etaSeconds = receipt.etaSeconds();
        if (etaSeconds != null) {
            queue.put("eta_seconds", etaSeconds);
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("trajectory_id", receipt.trajectoryId());
        fields.put("status", receipt.status().word());
        fields.put("detail", receipt.detail());
        fields.put("queue", queue);
        return fields;
    }

    static String text(RecordReceipt receipt) {
        Integer etaSeconds = receipt.etaSeconds();
        return "Recorded as " + receipt.trajectoryId() + " (" + receipt.status().word() + "): "
                + receipt.detail() + "\nQueue: position " + receipt.queuePosition()
                + (etaSeconds == null ? "" : ", about " + etaSeconds + " s");
    }
}
