package dev.memcollab.solve;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.Generation;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import dev.memcollab.verify.Verification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets a model solve a task that has a verifier, greedily and in one turn.
///
/// What a model was asked lately is not asked again: runs of one task are often recorded one after
/// the other, and its answer would be the same.
public final class Solver {
    private static final int ANSWER_TOKENS = 320;
    private static final int PLAN_TOKENS = 110;
    /// What a model adds to its block of code, it was not asked for.
    private static final String AFTER_CODE = "\n```\n\n";

    /// Attempts that are remembered.
    private static final int REMEMBERED = 64;

    private final TaskVerifier verifier;
    private final Map<Question, Attempt> remembered = Collections
            .synchronizedMap(new LinkedHashMap<>());

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
        var question = new Question(model.name(), prompt, judged);
        Attempt known = remembered.get(question);
        if (known != null) {
            return known;
        }
        Generation answer = model.generate(prompt, decoding(judged));
        Verification verification = verifier.verify(judged, answer.text());
        var attempt = new Attempt(model.name(), answer.text(), verification);
        remember(question, attempt);
        return attempt;
    }

    private static Decoding decoding(Verifier verifier) {
        Decoding greedy = Decoding.greedy(ANSWER_TOKENS);
        return switch (verifier) {
            case Verifier.Answer _ -> greedy;
            case Verifier.Tests _ -> greedy.until(AFTER_CODE);
        };
    }

    private record Question(String model, Prompt prompt, Verifier verifier) {}

    private void remember(Question question, Attempt attempt) {
        synchronized (remembered) {
            remembered.put(question, attempt);
            if (remembered.size() > REMEMBERED) {
                remembered.keySet().remove(remembered.keySet().iterator().next());
            }
        }
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
