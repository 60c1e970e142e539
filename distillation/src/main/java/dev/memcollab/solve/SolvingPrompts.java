package dev.memcollab.solve;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.Prompt;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Quoted;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;

/// How a local model is asked to solve a task, with and without a constraint in front of it.
public final class SolvingPrompts {
    private static final int TASK_CHARACTERS = 2_000;
    private static final int FIRST_TEST_CHARACTERS = 200;

    private SolvingPrompts() {}

    /// The task with nothing in front.
    public static Prompt plain(Task task) {
        return Prompt.of("You solve tasks.", statement(task));
    }

    /// The task with a constraint in front, as advice.
    public static Prompt advised(Task task, Constraint constraint) {
        return Prompt.of("You solve tasks.",
                "Advice from earlier work: " + constraint.sentence() + "\n\n" + statement(task));
    }

    /// The approach in words, where the model can not act.
    public static Prompt plan(Task task) {
        return Prompt.of("You plan how to do a task, in at most three short sentences.",
                text(task) + "\n\nHow would you go about it? Say only the plan.");
    }

    private static String statement(Task task) {
        String text = text(task);
        return switch (task.verifier()) {
            case null -> text;
            case Verifier.Answer _ ->
                text + "\n\nThink briefly, then end with a line \"#### \" and the final answer.";
            case Verifier.Tests tests -> text + "\n\nYour code must fit this call: "
                    + firstCall(tests) + "\nAnswer with one Python code block and nothing else.";
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
