package dev.memcollab.recall;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.recall.TaskClassifier.Classification;
import java.util.List;

/// What memory has for a task: the lines that fit, and what it keeps to itself.
public record Recollection(Classification classification, List<Line> lines,
        List<HeldBack> heldBack) {
    public Recollection {
        lines = List.copyOf(lines);
        heldBack = List.copyOf(heldBack);
    }

    /// A constraint that fits.
    ///
    /// @param score what it was ranked by, in (0, 1]
    public record Line(LearntConstraint learnt, double score) {
        /// Whether it is borne out: found twice, verified, or approved. Otherwise it is a hypothesis,
        /// shown because there is nothing better, and must be marked as one.
        public boolean isBorneOut() {
            return learnt.standing().isActive();
        }
    }

    /// Constraints that shared words with the task and are not shown.
    public record HeldBack(int count, String why) {}
}
