package dev.memcollab.trajectory;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One side of a contrast: the steps of a run, or of a part of it, and whose they were.
///
/// @param agent who ran
/// @param trajectoryId the recorded run it comes from; null for a run of a local model
public record Run(String agent, List<Step> steps, @Nullable String trajectoryId) {
    public Run {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps of a run must not be empty");
        }
    }

    /// The whole of a recorded run.
    public static Run of(Trajectory recorded) {
        return new Run(recorded.agent(), recorded.steps(), recorded.id());
    }

    /// The steps as text, one after the other.
    public String text() {
        return steps.stream().map(step -> step.kind().label() + ": " + step.text())
                .collect(Collectors.joining("\n"));
    }
}
