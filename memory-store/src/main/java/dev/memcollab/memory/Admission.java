package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
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
import dev.memcollab.memory.Ledger.State;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.util.Optional;
import java.util.function.Predicate;

/// Decides whether an event is written: not when it would change nothing, and never when it speaks
/// of something that is not there.
final class Admission {
    private Admission() {}

    /// What an event is about. Of two events about the same, the first may decide about the second.
    static Object subject(Entry entry) {
        return switch (entry.event()) {
            case Recorded(Trajectory trajectory) -> trajectory.id();
            case Learnt(LearntConstraint constraint) -> constraint.id();
            case Distilled(Distillation distillation) -> distillation.trajectoryId();
            case Tried(Trial trial) -> trial.trajectoryId();
            case Attempted(LocalAttempt attempt) -> attempt.trajectoryId();
            case Approved(String constraintId) -> constraintId;
            case Promoted(String constraintId) -> constraintId;
            case Witnessed(String constraintId, boolean _) -> constraintId;
            case Forgotten _,Foreign _ -> entry.id();
        };
    }

    static boolean admits(Entry entry, State state) {
        Projection now = state.projection();
        return switch (entry.event()) {
            case Recorded(Trajectory trajectory) -> now.recording(trajectory.id()).isEmpty();
            case Learnt(LearntConstraint constraint) -> admits(constraint, state);
            case Distilled(Distillation made) -> !Optional.of(made)
                    .equals(recorded(now, made.trajectoryId()).distillation(made.trajectoryId()));
            case Tried(Trial trial) ->
                recorded(now, trial.trajectoryId()).isPending(trial.trajectoryId());
            case Attempted(LocalAttempt attempt) ->
                !recorded(now, attempt.trajectoryId()).holds(attempt);
            case Witnessed(String constraintId, boolean _) ->
                now.known(constraintId).isPresent() && !now.hasWitness(entry.id());
            case Approved(String id) -> rules(now, id, known -> known.ruling().approved());
            case Promoted(String id) -> rules(now, id, known -> known.ruling().promoted());
            case Forgotten _ -> true;
            case Foreign _ -> false;
        };
    }

    /// A constraint that was told to be forgotten, or whose run was while it was being distilled, is
    /// not learnt again.
    private static boolean admits(LearntConstraint constraint, State state) {
        Projection now = state.projection();
        if (now.isForgotten(constraint)) {
            return false;
        }
        Optional<LearntConstraint> known = state.constraint(constraint.id());
        return known.isEmpty() || !known.get().equals(known.get().with(constraint));
    }

    private static boolean rules(Projection now, String id, Predicate<Projection.Known> already) {
        return !already.test(now.known(id).orElseThrow(() -> new IllegalArgumentException(
                "id must name a constraint, got \"%s\"".formatted(id))));
    }

    private static Projection recorded(Projection now, String trajectoryId) {
        if (now.recording(trajectoryId).isEmpty()) {
            throw new IllegalArgumentException("trajectory_id must name a recorded run, got \"%s\""
                    .formatted(trajectoryId));
        }
        return now;
    }
}
