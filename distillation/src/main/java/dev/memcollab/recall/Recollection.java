package dev.memcollab.recall;

import dev.memcollab.constraint.LearntConstraint;
import java.util.List;

/// What memory has for a task: the lines that fit, and what it keeps to itself.
///
/// @param byMeaning whether constraints were compared by meaning, or by words alone
public record Recollection(Classification classification, boolean byMeaning, List<Line> lines,
        List<HeldBack> heldBack) {
    public Recollection {
        lines = List.copyOf(lines);
        heldBack = List.copyOf(heldBack);
    }

    /// A constraint that fits.
    ///
    /// @param score what it was ranked by, in (0, 1]
    public record Line(LearntConstraint learnt, double score, Reason reason) {
        /// Whether it is borne out: found twice, verified, or approved. Otherwise it is a hypothesis,
        /// shown because there is nothing better, and must be marked as one.
        public boolean isBorneOut() {
            return learnt.standing().isActive();
        }
    }

    /// Why a line is shown.
    ///
    /// @param coverage share of the trigger's concepts that the task names, in [0, 1]
    /// @param violated whether what has just failed looks like what the constraint avoids
    public record Reason(Relevance relevance, double coverage, boolean violated) {}

    /// Constraints that were found for the task and are not shown.
    public record HeldBack(int count, String why) {}
}
