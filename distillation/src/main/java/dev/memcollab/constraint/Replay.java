package dev.memcollab.constraint;

import dev.memcollab.model.ModelRole;

/// What a model does with a constraint in front of it, at a task with a verifier that it failed
/// without.
///
/// @param trajectoryId the recorded run whose task was replayed
/// @param passes whether it passes with the constraint
/// @param placeboPasses whether it passes with a line that has nothing to do with the task: then
///     any line does, and the pass says nothing
/// @param controls other tasks, which the model passed without it
/// @param broken how many of those it fails with it
/// @param brokenAt the highest relevance of the constraint to a task that it broke, in [0, 1], where 1 is
///     as much as to its own task; 0 where it broke none
public record Replay(ModelRole role, String model, String trajectoryId, boolean passes,
        boolean placeboPasses, int controls, int broken, double brokenAt) {
    public Replay {
        if (broken < 0 || broken > controls) {
            throw new IllegalArgumentException(
                    "broken must lie in [0, %d], got %d".formatted(controls, broken));
        }
        if (!(brokenAt >= 0 && brokenAt <= 1)) {
            throw new IllegalArgumentException("brokenAt must lie in [0, 1], got " + brokenAt);
        }
    }

    /// One of which it is not known at what relevance a task was broken.
    public Replay(ModelRole role, String model, String trajectoryId, boolean passes,
            boolean placeboPasses, int controls, int broken) {
        this(role, model, trajectoryId, passes, placeboPasses, controls, broken,
                brokenAtUnknown(broken));
    }

    /// Stands for a relevance that is not known.
    public static double brokenAtUnknown(int broken) {
        return broken == 0 ? 0 : 1;
    }

    /// The constraint, and not just any line, turned a failure into a pass.
    public boolean flips() {
        return passes && !placeboPasses;
    }
}
