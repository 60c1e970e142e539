package dev.memcollab.server.hook;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import java.util.List;

/// What an agent did for one task of its user.
///
/// @param task as the user stated it
/// @param offset where its line begins in the transcript, in bytes
/// @param feedback what judged it; empty where nothing did
/// @param model that worked on it; empty where it is not told
/// @param recalled ids of the constraints that the agent itself had recalled for it
/// @param recordedByAgent whether the agent recorded it itself
record Episode(String task, long offset, List<Step> steps, Outcome outcome, String feedback,
        String model, List<String> recalled, boolean recordedByAgent) {
    Episode {
        steps = List.copyOf(steps);
        recalled = List.copyOf(recalled);
    }

    /// Whether there is something to learn from: words alone are a conversation.
    boolean isRun() {
        return steps.stream().anyMatch(step -> step.kind() == Step.Kind.ACTION);
    }
}
