package dev.memcollab.memory;

import dev.memcollab.memory.Event.Approved;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Foreign;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Promoted;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Tried;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An event as a JSON object: `{"v", "id", "op", "at", <op>: {…}}`.
///
/// Names never change their meaning. A field may be added within a version, and is then absent from
/// older lines; readers pass over fields that they do not know. What older readers must not pass
/// over raises the version, and they refuse it.
final class EventJson {
    static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}

    static String write(Entry entry) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("v", VERSION).put("id", entry.id()).put("op", op(entry.event()))
                .put("at", entry.at().toString());
        write(entry.event(), root.putObject(op(entry.event())));
        return MAPPER.writeValueAsString(root);
    }

    /// @throws NewerFormatException when it was written by a version of the program to come
    /// @throws IllegalArgumentException when it is not an event
    static Entry read(String line) {
        try {
            JsonNode root = MAPPER.readTree(line);
            int version = Fields.integer(root, "v");
            if (version > VERSION) {
                throw new NewerFormatException(version);
            }
            String op = Fields.text(root, "op");
            return new Entry(Fields.text(root, "id"), Instant.parse(Fields.text(root, "at")),
                    event(op, root));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The event of an intact line.
    static Entry read(Line.Intact line) {
        return read(line.text());
    }

    private static String op(Event event) {
        return switch (event) {
            case Recorded _ -> "trajectory";
            case Learnt _ -> "constraint";
            case Distilled _ -> "distilled";
            case Attempted _ -> "attempt";
            case Witnessed _ -> "witness";
            case Approved _ -> "approved";
            case Promoted _ -> "promoted";
            case Tried _ -> "trial";
            case Forgotten _ -> "forgotten";
            case Foreign(String op) -> op;
        };
    }

    private static void write(Event event, ObjectNode body) {
        switch (event) {
            case Recorded(var trajectory) -> TrajectoryJson.write(trajectory, body);
            case Learnt(var constraint) -> ConstraintJson.write(constraint, body);
            case Distilled(var distillation) -> {
                body.put("trajectory", distillation.trajectoryId());
                Fields.putTexts(body, "learnt", distillation.learnt());
                body.put("reason", distillation.reason());
            }
            case Attempted(var attempt) -> body.put("trajectory", attempt.trajectoryId())
                    .put("role", Fields.label(attempt.role())).put("model", attempt.model())
                    .put("passed", attempt.passed());
            case Witnessed(String constraintId, boolean helped) ->
                body.put("constraint", constraintId).put("helped", helped);
            case Approved(String constraintId) -> body.put("constraint", constraintId);
            case Promoted(String constraintId) -> body.put("constraint", constraintId);
            case Forgotten(var trajectories, var constraints) -> {
                Fields.putTexts(body, "trajectories", sorted(trajectories));
                Fields.putTexts(body, "constraints", sorted(constraints));
            }
            case Tried(var trial) -> body.put("trajectory", trial.trajectoryId())
                    .put("state", trial.state().label()).put("reason", trial.reason());
            case Foreign(String op) ->
                throw new IllegalArgumentException("op must be known to be written, got " + op);
        }
    }

    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }

    private static Event event(String op, JsonNode root) {
        return switch (op) {
            case "trajectory" -> new Recorded(TrajectoryJson.read(Fields.object(root, op)));
            case "constraint" -> new Learnt(ConstraintJson.read(Fields.object(root, op)));
            case "distilled" -> new Distilled(distillation(Fields.object(root, op)));
            case "attempt" -> new Attempted(attempt(Fields.object(root, op)));
            case "witness" -> witness(Fields.object(root, op));
            case "approved" -> new Approved(Fields.text(Fields.object(root, op), "constraint"));
            case "promoted" -> new Promoted(Fields.text(Fields.object(root, op), "constraint"));
            case "forgotten" -> forgotten(Fields.object(root, op));
            case "trial" -> new Tried(trial(Fields.object(root, op)));
            default -> new Foreign(op);
        };
    }

    private static Distillation distillation(JsonNode body) {
        return new Distillation(Fields.text(body, "trajectory"), Fields.texts(body, "learnt"),
                Fields.text(body, "reason"));
    }

    private static LocalAttempt attempt(JsonNode body) {
        return new LocalAttempt(Fields.text(body, "trajectory"), Fields.role(body, "role"),
                Fields.text(body, "model"), Fields.truth(body, "passed"));
    }

    private static Forgotten forgotten(JsonNode body) {
        return new Forgotten(Set.copyOf(Fields.texts(body, "trajectories")),
                Set.copyOf(Fields.texts(body, "constraints")));
    }

    private static Trial trial(JsonNode body) {
        return new Trial(Fields.text(body, "trajectory"),
                Trial.State.parse(Fields.text(body, "state")), Fields.text(body, "reason"));
    }

    private static Witnessed witness(JsonNode body) {
        return new Witnessed(Fields.text(body, "constraint"), Fields.truth(body, "helped"));
    }

    /// Written by a version of the program to come.
    static final class NewerFormatException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NewerFormatException(int version) {
            super("was written by a newer MemCollab (format %d, this one reads up to %d)"
                    .formatted(version, VERSION));
        }
    }
}
