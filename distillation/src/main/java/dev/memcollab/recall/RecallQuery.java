package dev.memcollab.recall;

import dev.memcollab.trajectory.Task;

/// What is asked of memory.
///
/// @param task the task at hand; its category, where told, is a hard filter
/// @param feedback what has just failed; empty before the first attempt
/// @param limit most lines, 1 to 20
/// @param budgetTokens most tokens of all lines together, at about four characters a token
public record RecallQuery(Task task, String feedback, int limit, int budgetTokens) {
    public static final int DEFAULT_LIMIT = 9;
    public static final int DEFAULT_BUDGET_TOKENS = 600;

    public RecallQuery {
        if (limit < 1 || limit > 20) {
            throw new IllegalArgumentException("limit must lie in [1, 20], got " + limit);
        }
        if (budgetTokens < 1) {
            throw new IllegalArgumentException(
                    "budget_tokens must be at least 1, got " + budgetTokens);
        }
    }
}
