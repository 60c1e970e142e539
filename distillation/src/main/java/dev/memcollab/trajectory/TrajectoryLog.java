package dev.memcollab.trajectory;

import java.util.List;
import java.util.Optional;

/// The port to the runs that were recorded, and to what has been done with them.
///
/// What [#append] has returned from is on disk and seen by every process on the same store.
public interface TrajectoryLog {
    /// Keeps a run.
    ///
    /// @return false when the same run was there already
    boolean append(Trajectory trajectory);

    Optional<Trajectory> trajectory(String id);

    /// Runs of the same task, oldest first, the given one left out.
    List<Trajectory> othersOf(Trajectory trajectory);

    /// Runs that the distiller has not looked at, oldest first.
    List<Trajectory> pending();

    /// Says that the distiller is through with a run.
    void distilled(Distillation distillation);

    /// What became of a run; empty while it is pending.
    Optional<Distillation> distillation(String trajectoryId);

    void attempted(LocalAttempt attempt);

    /// Runs whose task, of the category and with a verifier, the local model passed; newest first.
    List<Trajectory> passedBy(String model, TaskCategory category, int limit);

    int trajectories();

    /// What the distiller made of one run.
    ///
    /// @param learnt ids of the constraints that came of it
    /// @param reason why there are none, or what was done, in a sentence
    record Distillation(String trajectoryId, List<String> learnt, String reason) {
        public Distillation {
            learnt = List.copyOf(learnt);
        }
    }
}
