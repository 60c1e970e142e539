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
public record Replay(ModelRole role, String model, String trajectoryId, boolean passes,
        boolean placeboPasses, int controls, int broken) {
    public Replay {
        if (broken < 0 || broken > controls) {
            throw new IllegalArgumentException(
                    "broken must lie in [0, %d], got %d".formatted(controls, broken));
        }
    }

    /// The constraint, and not just any line, turned a failure into a pass and cost nothing.
    public boolean flips() {
        return passes && !placeboPasses && broken == 0;
    }
}
