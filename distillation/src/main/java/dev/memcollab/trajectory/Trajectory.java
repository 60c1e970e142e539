package dev.memcollab.trajectory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            add(sha, task.project().name());
            add(sha, task.givenId() == null ? "" : task.givenId());
            add(sha, task.text());
            add(sha, task.verifier());
            add(sha, outcome.label());
            for (Step step : steps) {
                add(sha, step.kind().label());
                add(sha, step.text());
            }
            add(sha, report.agent());
            add(sha, report.feedback());
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest sha, @Nullable Verifier verifier) {
        switch (verifier) {
            case null -> add(sha, "");
            case Verifier.Answer(String expected) -> add(sha, "answer " + expected);
            case Verifier.Tests(String code) -> add(sha, "tests " + code);
        }
    }

    /// Each part carries its length, so that no two contents run together into one.
    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
    }
}
