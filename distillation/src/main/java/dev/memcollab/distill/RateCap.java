package dev.memcollab.distill;

import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.LearntConstraint.Scope;
import java.time.Duration;
import java.time.Instant;

/// The most new constraints of one project and category within a window of time, so that no source
/// can flood a category.
public record RateCap(int most, Duration window) {
    public static final RateCap DAILY = new RateCap(24, Duration.ofHours(24));
    /// For tasks that the user gives to learn from.
    public static final RateCap NONE = new RateCap(Integer.MAX_VALUE, Duration.ofHours(24));

    /// Whether no more may be learnt at an instant. What carries a time further ahead than the window
    /// was learnt under a clock that has been put back since, and does not count.
    boolean isReached(ConstraintMemory memory, Scope scope, Instant now) {
        int since = memory.learntSince(scope.project(), scope.category(), now.minus(window));
        int ahead = memory.learntSince(scope.project(), scope.category(), now.plus(window));
        return since - ahead >= most;
    }
}
