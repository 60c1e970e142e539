package dev.memcollab.solve;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.Prompt;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Quoted;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import java.util.List;
import java.util.stream.Collectors;

/// How a local model is asked to solve a task, with and without constraints in front of it.
public final class SolvingPrompts {
    private static final int TASK_CHARACTERS = 2_000;
    private static final int FIRST_TEST_CHARACTERS = 200;
    private static final int MESSAGE_CHARACTERS = 400;

    private SolvingPrompts() {}

    /// The task with nothing in front.
    public static Prompt plain(Task task) {
        return advised(task, List.of());
    }

    /// The task with constraints in front, as advice.
    public static Prompt advised(Task task, List<Constraint> lines) {
        return advised(task, "", lines);
    }

    /// The same after a turn that the verifier did not let pass. What was answered is not shown: a small
    /// model copies it.
    ///
    /// @param message what the verifier said; empty at the first turn
    static Prompt advised(Task task, String message, List<Constraint> lines) {
        return Prompt.of("You solve tasks.", advice(lines) + statement(task, failed(message)));
    }

    private static String failed(String message) {
        return message.isEmpty()
                ? ""
                : "\nAn earlier attempt failed: "
                        + Quoted.plain(Excerpt.of(message, MESSAGE_CHARACTERS));
    }

    private static String advice(List<Constraint> lines) {
        return switch (lines.size()) {
            case 0 -> "";
            case 1 -> "Advice from earlier work: " + lines.getFirst().sentence() + "\n\n";
            default -> lines.stream().map(line -> "- " + line.sentence() + "\n").collect(
                    Collectors.joining("", "Advice from earlier work:\n", "\n"));
        };
    }

    /// The approach in words, where the model can not act.
    public static Prompt plan(Task task) {
        return Prompt.of("You plan how to do a task, in at most three short sentences.",
                text(task) + "\n\nHow would you go about it? Say only the plan.");
    }

    private static String statement(Task task, String failed) {
        String text = text(task);
        return switch (task.verifier()) {
            case null -> text + failed;
            case Verifier.Answer _ ->
                text + failed
                        + "\n\nReason step by step, and put the final answer within \\boxed{}.";
            case Verifier.Tests tests -> text + "\n\nYour code must fit this call: "
                    + firstCall(tests) + failed
                    + "\nAnswer with one Python code block and nothing else.";
        };
    }

    /// The statement as it was given: it asks for something, and so it is not marked as a quotation.
    private static String text(Task task) {
        return Quoted.plain(Excerpt.of(task.text(), TASK_CHARACTERS));
    }

    private static String firstCall(Verifier.Tests tests) {
        String line = tests.code().strip().lines().filter(test -> test.contains("assert"))
                .findFirst().orElse("").strip();
        return Quoted.plain(Excerpt.of(line, FIRST_TEST_CHARACTERS));
    }
}
