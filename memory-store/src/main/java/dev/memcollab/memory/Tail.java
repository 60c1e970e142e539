package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Projection.Change;
import java.util.List;
import java.util.Optional;

/// The constraints that have changed since a number of changes, each in its latest version.
///
/// @param whose the projection that was asked; another one means that the journal was replaced
/// @param until changes that it goes up to
/// @param last the last of those; empty where there never was one
record Tail(Projection whose, int until, Optional<Change> last,
        List<LearntConstraint> constraints) {

    static Tail of(Projection projection, int from) {
        List<Change> changes = projection.changes();
        List<LearntConstraint> latest = changes.subList(from, changes.size()).stream()
                .map(Change::constraintId).distinct()
                .flatMap(id -> projection.constraint(id).stream()).toList();
        Optional<Change> last = changes.isEmpty()
                ? Optional.empty()
                : Optional.of(changes.getLast());
        return new Tail(projection, changes.size(), last, latest);
    }
}
