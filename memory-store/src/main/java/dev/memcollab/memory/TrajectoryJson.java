package dev.memcollab.memory;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A trajectory as a JSON object.
final class TrajectoryJson {
    private TrajectoryJson() {}

    static void write(Trajectory trajectory, ObjectNode object) {
        object.put("id", trajectory.id());
        write(trajectory.task(), object.putObject("task"));
        object.put("outcome", trajectory.outcome().label());
        ArrayNode steps = object.putArray("steps");
        for (Step step : trajectory.steps()) {
            steps.addObject().put("kind", step.kind().label()).put("text", step.text());
        }
        object.put("agent", trajectory.agent()).put("feedback", trajectory.feedback());
        Fields.putTexts(object, "recalled", trajectory.recalled());
        object.put("recorded_at", trajectory.recordedAt().toString());
    }

    static Trajectory read(JsonNode object) {
        List<Step> steps = Fields.elements(object, "steps").stream()
                .map(step -> new Step(Step.Kind.parse(Fields.text(step, "kind")),
                        Fields.text(step, "text")))
                .toList();
        return new Trajectory(Fields.text(object, "id"), task(Fields.object(object, "task")),
                Outcome.parse(Fields.text(object, "outcome")), steps,
                Fields.optionalText(object, "agent").orElse(""),
                Fields.optionalText(object, "feedback").orElse(""),
                Fields.texts(object, "recalled"),
                Instant.parse(Fields.text(object, "recorded_at")));
    }

    private static void write(Task task, ObjectNode object) {
        object.put("text", task.text());
        if (task.givenId() != null) {
            object.put("task_id", task.givenId());
        }
        object.put("project", task.project().name());
        if (task.category() != null) {
            object.put("category", task.category().category());
            object.put("subcategory", task.category().subcategory());
        }
        switch (task.verifier()) {
            case Verifier.Answer(String expected) ->
                object.putObject("verifier").put("answer", expected);
            case Verifier.Tests(String code) -> object.putObject("verifier").put("tests", code);
            case null -> {
                // Absent, as it is in the task.
            }
        }
    }

    private static Task task(JsonNode object) {
        return new Task(Fields.text(object, "text"),
                Fields.optionalText(object, "task_id").orElse(null),
                new Project(Fields.text(object, "project")), category(object), verifier(object));
    }

    private static @Nullable TaskCategory category(JsonNode object) {
        return object.has("category")
                ? new TaskCategory(Fields.text(object, "category"),
                        Fields.text(object, "subcategory"))
                : null;
    }

    private static @Nullable Verifier verifier(JsonNode object) {
        if (!object.has("verifier")) {
            return null;
        }
        JsonNode verifier = Fields.object(object, "verifier");
        return verifier.has("tests")
                ? new Verifier.Tests(Fields.text(verifier, "tests"))
                : new Verifier.Answer(Fields.text(verifier, "answer"));
    }
}
