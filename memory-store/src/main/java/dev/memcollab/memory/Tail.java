package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.memory.Projection.Change;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The constraints that have changed since a number of changes.
///
/// @param whose the projection that was asked; another one means that the journal was replaced
/// @param until changes that it goes up to
/// @param last the line of the last of those; null where there never was one
record Tail(Projection whose, int until, @Nullable Place last, List<String> ids) {
    private static final int AT_ONCE = 64;

    static Tail of(Projection projection, int from) {
        List<Change> changes = projection.changes();
        List<String> ids = changes.subList(from, changes.size()).stream().map(Change::constraintId)
                .distinct().toList();
        return new Tail(projection, changes.size(),
                changes.isEmpty() ? null : changes.getLast().place(), ids);
    }

    /// Hands on each constraint in its latest version, a few at a time, so that others get their
    /// turn.
    void forEach(Ledger ledger, Sink sink) throws IOException {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            List<LearntConstraint> latest = ledger
                    .read(state -> some.stream().map(state::constraint)
                            .flatMap(Optional::stream).toList());
            for (LearntConstraint constraint : latest) {
                sink.accept(constraint);
            }
        }
    }

    /// What is done with a constraint.
    @FunctionalInterface
    interface Sink {
        void accept(LearntConstraint constraint) throws IOException;
    }
}
