package dev.memcollab.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `recall_constraints` answers: a few lines of advice, or why there are none.
///
/// @param confidence how sure the topic is, 0 to 1
/// @param byMeaning whether constraints were compared by meaning, or by words alone
/// @param emptyBecause a sentence; present exactly when `lines` is empty
public record RecallAnswer(Topic topic, double confidence, boolean byMeaning,
        List<RecalledLine> lines, HeldBack heldBack, MemoryCounts memory,
        @Nullable String emptyBecause) {
    public RecallAnswer {
        Required.inRange("confidence", confidence, 0, 1);
        if (lines.isEmpty() != (emptyBecause != null)) {
            throw new IllegalArgumentException(
                    "emptyBecause must be present exactly when lines is empty, got "
                            + emptyBecause + " with " + lines.size() + " lines");
        }
        lines = List.copyOf(lines);
    }

    /// One constraint as it is recalled.
    ///
    /// @param support runs that speak for it
    /// @param origin where it was learnt, in words: the kind of contrast and its runs
    public record RecalledLine(String id, ConstraintText statement, Topic topic, int support,
            String origin, double score) {
        public RecalledLine {
            Required.text("id", id);
            Required.text("origin", origin);
            Required.notNegative("support", support);
        }
    }

    /// Lines that were found and not shown.
    ///
    /// @param why a sentence; blank only if nothing was held back
    public record HeldBack(int count, String why) {
        /// Nothing was held back.
        public static final HeldBack NOTHING = new HeldBack(0, "");

        public HeldBack {
            Required.notNegative("count", count);
            if (count > 0) {
                Required.text("why", why);
            }
        }
    }
}
