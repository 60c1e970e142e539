package dev.memcollab.verify;

import dev.memcollab.trajectory.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether a model's answer solves a task (the paper's I).
///
/// Answers are compared as text. Tests are run only where the user allowed code that comes with a
/// task to be run, which is said by giving a runner.
public final class TaskVerifier {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern FENCED = Pattern.compile(
            "```(?<language>[^`\\n]*)\\n(?<code>.*?)(?:```|\\z)", Pattern.DOTALL);
    private static final Set<String> PYTHON = Set.of("", "py", "python", "python3");

    private final AnswerVerifier answers = new AnswerVerifier();
    private final @Nullable CodeRunner runner;

    private TaskVerifier(@Nullable CodeRunner runner) {
        this.runner = runner;
    }

    public static TaskVerifier withoutCode() {
        return new TaskVerifier(null);
    }

    public static TaskVerifier running(CodeRunner runner) {
        return new TaskVerifier(runner);
    }

    /// Whether it may judge answers to tasks with such a verifier.
    public boolean canJudge(@Nullable Verifier verifier) {
        return switch (verifier) {
            case null -> false;
            case Verifier.Answer _ -> true;
            case Verifier.Tests _ -> runner != null;
        };
    }

    /// Judges an answer.
    ///
    /// @throws IllegalStateException where [#canJudge] is false
    public Verification verify(Verifier verifier, String answer) throws InterruptedException {
        return switch (verifier) {
            case Verifier.Answer expected -> answers.verify(expected, answer);
            case Verifier.Tests tests -> runTests(tests, codeOf(answer));
        };
    }

    private Verification runTests(Verifier.Tests tests, String code) throws InterruptedException {
        if (runner == null) {
            throw new IllegalStateException("tests may not be run: code is not allowed");
        }
        CodeRunner.Run run = runner.run(code + "\n\n" + tests.code() + "\n", LIMIT);
        if (run.passed()) {
            return Verification.PASSED;
        }
        return Verification.failed(run.timedOut()
                ? "did not end within %d seconds".formatted(LIMIT.toSeconds())
                : lastLines(run.output()));
    }

    /// The blocks of Python of an answer, or all of it where there is none.
    public static String codeOf(String answer) {
        Optional<String> fenced = FENCED.matcher(answer).results()
                .filter(block -> isPython(block.group("language")))
                .map(block -> block.group("code"))
                .reduce((before, block) -> before + "\n" + block);
        return fenced.orElse(answer).strip();
    }

    private static boolean isPython(String language) {
        return PYTHON.contains(language.strip().toLowerCase(Locale.ROOT));
    }

    /// The end of a traceback: the failing line and the error.
    private static String lastLines(String output) {
        List<String> lines = output.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
