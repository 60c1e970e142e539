package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.time.Instant;

/// Something that happened to the memory. The journal is a list of them.
sealed interface Event {
    record Recorded(Trajectory trajectory) implements Event {}

    /// A constraint was learnt, for the first time or again.
    record Learnt(LearntConstraint constraint) implements Event {}

    record Distilled(Distillation distillation) implements Event {}

    record Attempted(LocalAttempt attempt) implements Event {}

    /// A run that had the constraint in context worked, or did not.
    record Witnessed(String constraintId, boolean helped) implements Event {}

    /// Of a kind that this version does not know. It is kept, exported and otherwise ignored: what
    /// must not be ignored comes with a higher format version.
    record Foreign(String op) implements Event {}

    /// An event as it stands in the journal.
    ///
    /// @param id the event's own, so that the same one read from two places counts once
    record Entry(String id, Instant at, Event event) {}
}
