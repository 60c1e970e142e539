package dev.memcollab.memory;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.constraint.Replay;
import dev.memcollab.constraint.Ruling;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A learnt constraint as a JSON object. What was decided about it are events of their own.
final class ConstraintJson {
    private ConstraintJson() {}

    static void write(LearntConstraint learnt, ObjectNode object) {
        Constraint constraint = learnt.constraint();
        object.put("id", learnt.id()).put("when", constraint.when())
                .put("enforce", constraint.enforce()).put("avoid", constraint.avoid());
        Scope scope = learnt.scope();
        object.put("project", scope.project().name());
        object.put("category", scope.category().category());
        object.put("subcategory", scope.category().subcategory());
        ArrayNode sources = object.putArray("sources");
        for (Source source : learnt.sources()) {
            write(source, sources.addObject());
        }
        write(learnt.evidence(), object);
        object.put("learnt_at", learnt.learntAt().toString());
    }

    static LearntConstraint read(JsonNode object) {
        var constraint = new Constraint(Fields.text(object, "when"),
                Fields.text(object, "enforce"), Fields.text(object, "avoid"));
        var category = new TaskCategory(Fields.text(object, "category"),
                Fields.text(object, "subcategory"));
        var scope = new Scope(new Project(Fields.text(object, "project")), category);
        List<Source> sources = Fields.elements(object, "sources").stream()
                .map(ConstraintJson::source).toList();
        return new LearntConstraint(Fields.text(object, "id"), constraint, scope, sources,
                evidence(object), Ruling.NONE, Instant.parse(Fields.text(object, "learnt_at")));
    }

    private static void write(Source source, ObjectNode object) {
        object.put("kind", source.kind().label()).put("task", source.task());
        Fields.putTexts(object, "trajectories", source.trajectories());
        object.put("weak", source.weak()).put("strong", source.strong());
    }

    private static Source source(JsonNode object) {
        return new Source(ContrastKind.parse(Fields.text(object, "kind")),
                Fields.text(object, "task"), Fields.texts(object, "trajectories"),
                Fields.text(object, "weak"), Fields.text(object, "strong"));
    }

    private static void write(Evidence evidence, ObjectNode object) {
        ArrayNode margins = object.putArray("margins");
        for (Margin margin : evidence.margins()) {
            margins.addObject().put("role", Fields.label(margin.role()))
                    .put("model", margin.model()).put("nats", margin.nats());
        }
        ArrayNode replays = object.putArray("replays");
        for (Replay replay : evidence.replays()) {
            ObjectNode one = replays.addObject();
            one.put("role", Fields.label(replay.role()))
                    .put("model", replay.model()).put("trajectory", replay.trajectoryId())
                    .put("passes", replay.passes()).put("placebo_passes", replay.placeboPasses())
                    .put("controls", replay.controls()).put("broken", replay.broken());
            if (replay.brokenAt() != Replay.brokenAtUnknown(replay.broken())) {
                one.put("broken_at", replay.brokenAt());
            }
        }
    }

    private static Evidence evidence(JsonNode object) {
        return new Evidence(
                Fields.elements(object, "margins").stream().map(ConstraintJson::margin).toList(),
                Fields.elements(object, "replays").stream().map(ConstraintJson::replay).toList());
    }

    private static Margin margin(JsonNode object) {
        return new Margin(Fields.role(object, "role"), Fields.text(object, "model"),
                Fields.number(object, "nats"));
    }

    private static Replay replay(JsonNode object) {
        int broken = Fields.integer(object, "broken");
        return new Replay(Fields.role(object, "role"), Fields.text(object, "model"),
                Fields.text(object, "trajectory"), Fields.truth(object, "passes"),
                Fields.truth(object, "placebo_passes"), Fields.integer(object, "controls"),
                broken, object.has("broken_at")
                        ? Fields.number(object, "broken_at")
                        : Replay.brokenAtUnknown(broken));
    }
}
