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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lets a model solve a task that has a verifier, greedily, in one turn or with what the verifier said
/// of each before the next.
///
/// What a model was asked lately is not asked again: runs of one task are often recorded one after
/// the other, and its answer would be the same.
public final class Solver {
    private static final int ANSWER_TOKENS = 512;
    private static final int CODE_TOKENS = 320;
    private static final int PLAN_TOKENS = 110;
    /// What a model adds to its block of code, it was not asked for.
    private static final String AFTER_CODE = "\n```\n\n";

    /// Turns that are remembered.
    private static final int REMEMBERED = 64;

    private final TaskVerifier verifier;
    private final Map<Question, Turn> remembered = Collections
            .synchronizedMap(new LinkedHashMap<>());

    public Solver(TaskVerifier verifier) {
        this.verifier = verifier;
    }

    public boolean canJudge(Task task) {
        return verifier.canJudge(task.verifier());
    }

    /// An answer that somebody else gave to a task.
    public Attempt judged(String agent, Task task, String answer)
            throws InterruptedException {
        return new Attempt(agent, answer, verifier.verify(verifierOf(task), answer));
    }

    /// Solves in one turn, with the constraint in front or with nothing where it is null.
    public Attempt solve(LanguageModel model, Task task, @Nullable Constraint constraint)
            throws InterruptedException {
        return solve(model, task, constraint == null ? Adviser.NONE : Adviser.of(constraint), 1);
    }

    /// Solves until the verifier lets a turn pass, or says what it said of the turn before.
    ///
    /// @param turns most of them, at least 1
    public Attempt solve(LanguageModel model, Task task, Adviser adviser, int turns)
            throws InterruptedException {
        Verifier judged = verifierOf(task);
        var taken = new ArrayList<Turn>();
        @Nullable
        Prompt asked = null;
        String message = "";
        do {
            List<Constraint> lines = adviser.lines(task, message);
            Prompt prompt = SolvingPrompts.advised(task, message, lines);
            if (prompt.equals(asked)) {
                break; // it would say the same again
            }
            asked = prompt;
            taken.add(turn(model, prompt, judged, lines));
            message = taken.getLast().verification().message();
        } while (!taken.getLast().verification().passed() && taken.size() < turns);
        return new Attempt(model.name(), taken);
    }

    private static Verifier verifierOf(Task task) {
        return Objects.requireNonNull(task.verifier(), "the task has no verifier");
    }

    private Turn turn(LanguageModel model, Prompt prompt, Verifier judged,
            List<Constraint> lines) throws InterruptedException {
        var question = new Question(model.name(), prompt, judged);
        Turn known = remembered.get(question);
        if (known != null) {
            return known;
        }
        Generation answer = model.generate(prompt, decoding(judged));
        var turn = new Turn(lines, answer.text(), verifier.verify(judged, answer.text()),
                answer.promptTokens(), answer.tokens());
        remember(question, turn);
        return turn;
    }

    private static Decoding decoding(Verifier verifier) {
        return switch (verifier) {
            case Verifier.Answer _ -> Decoding.greedy(ANSWER_TOKENS);
            case Verifier.Tests _ -> Decoding.greedy(CODE_TOKENS).until(AFTER_CODE);
        };
    }

    private record Question(String model, Prompt prompt, Verifier verifier) {}

    private void remember(Question question, Turn turn) {
        synchronized (remembered) {
            remembered.put(question, turn);
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

    /// One answer of a model.
    ///
    /// @param lines that it had in front of it
    /// @param promptTokens tokens that it was given
    /// @param tokens tokens that it made
    public record Turn(List<Constraint> lines, String answer, Verification verification,
            int promptTokens, int tokens) {
        public Turn {
            lines = List.copyOf(lines);
        }

        private Stream<Step> steps() {
            String seen = verification.passed() ? "passed" : verification.message();
            return Stream.of(Step.action(TaskVerifier.codeOf(answer)), Step.observation(seen));
        }
    }

    /// A model's answers to a task, of which the last one counts.
    public record Attempt(String model, List<Turn> turns) {
        public Attempt {
            turns = List.copyOf(turns);
        }

        /// One of a single turn, with nothing in front.
        public Attempt(String model, String answer, Verification verification) {
            this(model, List.of(new Turn(List.of(), answer, verification, 0, 0)));
        }

        public String answer() {
            return turns.getLast().answer();
        }

        public Verification verification() {
            return turns.getLast().verification();
        }

        public boolean passed() {
            return verification().passed();
        }

        /// What was done and seen, turn by turn.
        public Run run() {
            return new Run(model, turns.stream().flatMap(Turn::steps).toList(), null);
        }
    }
}
