package dev.memcollab.bench;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Constraints, runs and tasks of made-up words, as frequent as those of a language: of rank r about
/// 1/r of all.
final class MadeUp {
    static final Project PROJECT = new Project("bench");
    private static final int VOCABULARY = 5_000;
    private static final String[] SYLLABLES = {"ka", "lo", "mi", "ne", "pu", "ra", "si", "to", "ve",
            "zu", "ban", "del", "fir", "gon", "hul", "jas"};
    private static final List<TaskCategory> CATEGORIES = IntStream.range(0, 15)
            .mapToObj(i -> new TaskCategory("code", "part" + i)).toList();

    private final RandomGenerator random;

    MadeUp(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    LearntConstraint constraint(int number) {
        var constraint = new Constraint(words(8), words(7) + " r" + number, words(6));
        var source = new Source(ContrastKind.RECORDED_PAIR, words(20), List.of("t-" + number),
                "weak", "strong");
        return LearntConstraint.of(constraint,
                new Scope(PROJECT, CATEGORIES.get(random.nextInt(CATEGORIES.size()))), source,
                Evidence.NONE, Instant.EPOCH.plusSeconds(number));
    }

    /// About two thousand characters.
    Trajectory run(int number) {
        return Trajectory.of(Task.of(task() + " r" + number, PROJECT), Outcome.SUCCESS,
                List.of(Step.thought(words(40)), Step.action(words(120)),
                        Step.observation(words(120))),
                Trajectory.Report.NONE, Instant.EPOCH.plusSeconds(number));
    }

    String task() {
        return words(15);
    }

    private String words(int count) {
        return IntStream.range(0, count).mapToObj(_ -> word()).collect(Collectors.joining(" "));
    }

    private String word() {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
        var word = new StringBuilder();
        for (int rest = rank + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }
}
