package dev.memcollab.server;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Verifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished run as an agent reports it: the arguments of `record_trajectory`.
///
/// @param recalled ids of the constraints that were in the agent's context
/// @param project what runs of the same work share, as a caller or [dev.memcollab.server.project]
/// names it
public record RecordRequest(String task, Outcome outcome, List<Step> steps, @Nullable String agent,
        @Nullable String taskId, @Nullable String feedback, @Nullable String category,
        @Nullable String subcategory, @Nullable Verifier verifier, List<String> recalled,
        String project) {
    public RecordRequest {
        Required.text("task", task);
        Required.text("project", project);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps must not be empty");
        }
        steps = List.copyOf(steps);
        recalled = recalled.stream().distinct().toList(); // said twice, it is seen once
    }
}
