package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.time.Instant;
import java.util.Set;

/// Something that happened to the memory. The journal is a list of them.
sealed interface Event {
    record Recorded(Trajectory trajectory) implements Event {}

    /// A constraint was learnt, for the first time or again.
    record Learnt(LearntConstraint constraint) implements Event {}

    record Distilled(Distillation distillation) implements Event {}

    record Attempted(LocalAttempt attempt) implements Event {}

    /// A run that had the constraint in context worked, or did not.
    record Witnessed(String constraintId, boolean helped) implements Event {}

    /// A person wants the constraint recalled.
    record Approved(String constraintId) implements Event {}

    /// A person wants the constraint recalled in every project.
    record Promoted(String constraintId) implements Event {}

    record Tried(Trial trial) implements Event {}

    /// A person wants these gone. What rests on a forgotten run alone goes with it; what was told to
    /// be forgotten itself does not come back when it is learnt again.
    record Forgotten(Set<String> trajectories, Set<String> constraints) implements Event {
        public Forgotten {
            trajectories = Set.copyOf(trajectories);
            constraints = Set.copyOf(constraints);
        }

        boolean isEmpty() {
            return trajectories.isEmpty() && constraints.isEmpty();
        }
    }

    /// Of a kind that this version does not know. It is kept, exported and otherwise ignored: what
    /// must not be ignored comes with a higher format version.
    record Foreign(String op) implements Event {}

    /// An event as it stands in the journal.
    ///
    /// @param id the event's own, so that the same one read from two places counts once
    record Entry(String id, Instant at, Event event) {}
}
