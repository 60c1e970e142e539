package dev.memcollab.distill;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Trajectory;

/// What the distiller is doing, for whoever watches.
public sealed interface DistillerEvent {
    record Started(Trajectory run) implements DistillerEvent {}

    /// A local model did the task of the run.
    record Solved(ModelRole role, String model, boolean passed) implements DistillerEvent {}

    record Contrasted(Contrast contrast) implements DistillerEvent {}

    record Diagnosed(String diagnosis) implements DistillerEvent {}

    /// A candidate is dropped.
    record Rejected(String sentence, String rule) implements DistillerEvent {}

    /// The strong model has said whether a candidate repeats what is in memory.
    record Compared(Constraint candidate, MergeSearch.Compared with) implements DistillerEvent {}

    /// Both models have judged a candidate.
    record Checked(String sentence, Evidence evidence) implements DistillerEvent {}

    record Learnt(LearntConstraint constraint) implements DistillerEvent {}

    record Finished(String trajectoryId, String reason) implements DistillerEvent {}
}
