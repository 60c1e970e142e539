package dev.memcollab.server;

import org.jspecify.annotations.Nullable;

/// What an agent is about to do: the arguments of `recall_constraints`.
///
/// @param feedback what just failed; recall then looks at what the constraints avoid
/// @param limit lines at most, 1 to 20
/// @param budgetTokens the room all lines together may take
public record RecallRequest(String task, @Nullable String feedback, int limit,
        @Nullable String category, @Nullable String subcategory, String project,
        int budgetTokens) {
    public static final int DEFAULT_LIMIT = 9;
    public static final int MOST_LIMIT = 20;
    public static final int DEFAULT_BUDGET_TOKENS = 600;

    public RecallRequest {
        Required.text("task", task);
        Required.text("project", project);
        Required.inRange("limit", limit, 1, MOST_LIMIT);
        if (budgetTokens < 1) {
            throw new IllegalArgumentException(
                    "budget_tokens must be positive, got " + budgetTokens);
        }
    }
}
