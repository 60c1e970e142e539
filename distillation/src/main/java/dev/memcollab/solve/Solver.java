package dev.memcollab.solve;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.verify.TaskVerifier;
import dev.memcollab.verify.Verification;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets a model solve a task that has a verifier, greedily and in one turn.
public final class Solver {
    private static final int ANSWER_TOKENS = 320;
    private static final int PLAN_TOKENS = 110;

    private final TaskVerifier verifier;

    public Solver(TaskVerifier verifier) {
        this.verifier = verifier;
    }

    public boolean canJudge(Task task) {
        return verifier.canJudge(task.verifier());
    }

    /// Solves with the constraint in front, or with nothing where it is null.
    public Attempt solve(LanguageModel model, Task task, @Nullable Constraint constraint)
            throws InterruptedException {
        var judged = Objects.requireNonNull(task.verifier(), "the task has no verifier");
        Prompt prompt = constraint == null
                ? SolvingPrompts.plain(task)
                : SolvingPrompts.advised(task, constraint);
        Generation answer = model.generate(prompt, Decoding.greedy(ANSWER_TOKENS));
        Verification verification = verifier.verify(judged, answer.text());
        return new Attempt(model.name(), answer.text(), verification);
    }

    /// Says how the model would go about a task, without doing it.
    public Step plan(LanguageModel model, Task task) throws InterruptedException {
        return Step.thought(model.generate(SolvingPrompts.plan(task), Decoding.greedy(PLAN_TOKENS))
                .text());
    }

    /// A model's answer and what the verifier said of it.
    public record Attempt(String model, String answer, Verification verification) {
        public boolean passed() {
            return verification.passed();
        }

        /// The attempt as a run of two steps.
        public Run run() {
            String seen = passed() ? "passed" : verification.message();
            return new Run(model,
                    List.of(Step.action(TaskVerifier.codeOf(answer)), Step.observation(seen)),
                    null);
        }
    }
}
