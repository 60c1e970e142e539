package dev.memcollab.contrast;

import dev.memcollab.constraint.AbstractionFilter;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two runs of one task, of which one is preferred: the paper's (τ+, τ−).
///
/// @param preferred τ+: the run that worked, or the shorter where both did
/// @param unpreferred τ−
/// @param failure what was seen when the unpreferred run failed; empty where both worked
/// @param focus what separates the two
public record Contrast(ContrastKind kind, Task task, Run preferred, Run unpreferred,
        String failure, Focus focus) {
    /// Longer ones are keys, amounts or moments.
    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{1,4}(?!\\d)");

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

    /// The numbers with which a rule may say what one of the runs did: none but its own, and of those the ones that
    /// belong to no task and, where tests decide, the ones that neither the task nor its tests nor the other run
    /// has, such as how many rolls go into a box.
    public Set<String> numbersOf(Run run) {
        Set<String> own = numbersIn(done(run));
        Set<String> shared = task.verifier() instanceof Verifier.Tests(var tests)
                ? numbersIn(String.join("\n", task.text(), tests,
                        done(run.equals(preferred) ? unpreferred : preferred)))
                : own;
        return own.stream().filter(number -> !shared.contains(number)
                || AbstractionFilter.FREE_NUMBERS.contains(number))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// All numbers that a rule drawn from it may say.
    public Set<String> numbers() {
        return Stream.of(AbstractionFilter.FREE_NUMBERS, numbersOf(preferred),
                numbersOf(unpreferred)).flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Without what was seen, which has the numbers of an instance.
    private static String done(Run run) {
        return run.steps().stream().filter(step -> step.kind() != Step.Kind.OBSERVATION)
                .map(Step::text).collect(Collectors.joining("\n"));
    }

    private static Set<String> numbersIn(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The recorded runs it rests on.
    public List<String> sources() {
        return Stream.of(preferred.trajectoryId(), unpreferred.trajectoryId())
                .filter(Objects::nonNull).distinct().toList();
    }
}
