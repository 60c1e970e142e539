package dev.memcollab.cli;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.MemoryStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// What a person's decision about a constraint made of it.
record Decided(LearntConstraint before, LearntConstraint after) {
    static Decided by(MemoryStore store, String id, Consumer<String> decision) {
        LearntConstraint before = constraint(store, id);
        decision.accept(id);
        return new Decided(before, constraint(store, id));
    }

    private static LearntConstraint constraint(MemoryStore store, String id) {
        return store.constraint(id).orElseThrow(() -> new IllegalArgumentException(
                "ID must name a constraint in memory, got \"%s\"".formatted(id)));
    }

    boolean isNew() {
        return !before.ruling().equals(after.ruling());
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", after.id());
        fields.put("project", after.scope().project().name());
        fields.put("standing", after.standing().label());
        fields.put("promoted", after.ruling().promoted());
        fields.put("changed", isNew());
        return fields;
    }
}
