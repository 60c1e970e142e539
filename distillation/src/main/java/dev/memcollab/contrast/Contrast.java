package dev.memcollab.contrast;

import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Two runs of one task, of which one is preferred: the paper's (τ+, τ−).
///
/// @param preferred τ+: the run that worked, or the shorter where both did
/// @param unpreferred τ−
/// @param failure what was seen when the unpreferred run failed; empty where both worked
/// @param focus what separates the two
public record Contrast(ContrastKind kind, Task task, Run preferred, Run unpreferred,
        String failure, Focus focus) {

    /// What a contrast can teach.
    public enum Focus {
        /// One run was right, the other wrong.
        CORRECTNESS,
        /// Both were right, and one needed fewer steps.
        ECONOMY,
        /// One was right; the other is a plan that was not carried out.
        FORESIGHT,
        /// There is one run only, which stands for both.
        ALONE
    }

    /// A recorded run by itself.
    public static Contrast alone(Trajectory recorded) {
        Run run = Run.of(recorded);
        return new Contrast(ContrastKind.SINGLE_RUN, recorded.task(), run, run,
                recorded.outcome() == Outcome.SUCCESS ? "" : recorded.seenLast(), Focus.ALONE);
    }

    /// All that a constraint drawn from it must not repeat the names of.
    public String material() {
        return String.join("\n", task.text(), preferred.text(), unpreferred.text(), failure);
    }

    /// The recorded runs it rests on.
    public List<String> sources() {
        return Stream.of(preferred.trajectoryId(), unpreferred.trajectoryId())
                .filter(Objects::nonNull).distinct().toList();
    }
}
