package dev.memcollab.trajectory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run of an agent at a task: the paper's τ.
///
/// Its id is the digest of its content, so that the same run recorded twice is one run.
///
/// @param agent the model or client that ran; empty where unknown
/// @param feedback what came after the run: a test's output, the user's correction; may be empty
/// @param recalled ids of the constraints that the agent had before it
public record Trajectory(String id, Task task, Outcome outcome, List<Step> steps, String agent,
        String feedback, List<String> recalled, Instant recordedAt) {
    public static final int MAX_CHARACTERS = 1 << 20;

    public Trajectory {
        steps = List.copyOf(steps);
        recalled = List.copyOf(recalled);
        long characters = characters(steps, feedback);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps must hold at least one step, got none");
        }
        if (characters > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "steps and feedback together must have at most %d characters, got %d"
                            .formatted(MAX_CHARACTERS, characters));
        }
    }

    /// What counts towards the limit.
    public static long characters(List<Step> steps, String feedback) {
        return feedback.length() + steps.stream().mapToLong(step -> step.text().length()).sum();
    }

    /// A run seen for the first time.
    public static Trajectory of(Task task, Outcome outcome, List<Step> steps, Report report,
            Instant recordedAt) {
        String id = "t-" + digest(task, outcome, steps, report);
        return new Trajectory(id, task, outcome, steps, report.agent(), report.feedback(),
                report.recalled(), recordedAt);
    }

    /// What the caller says beside the run itself.
    public record Report(String agent, String feedback, List<String> recalled) {
        public static final Report NONE = new Report("", "", List.of());

        public Report {
            recalled = List.copyOf(recalled);
        }
    }

    private static String digest(Task task, Outcome outcome, List<Step> steps, Report report) {
        var digest = new ContentDigest().add(task.project().name())
                .add(task.givenId() == null ? "" : task.givenId()).add(task.text())
                .add(text(task.verifier())).add(outcome.label());
        steps.forEach(step -> digest.add(step.kind().label()).add(step.text()));
        return digest.add(report.agent()).add(report.feedback()).hex(8);
    }

    private static String text(@Nullable Verifier verifier) {
        return switch (verifier) {
            case null -> "";
            case Verifier.Answer(String expected) -> "answer " + expected;
            case Verifier.Tests(String code) -> "tests " + code;
        };
    }

    /// What was seen last: what came after the run, or else the last of it.
    public String seenLast() {
        return feedback.isBlank() ? steps.getLast().text() : feedback;
    }
}
