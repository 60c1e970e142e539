package dev.memcollab.experiment;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Sampled;
import dev.memcollab.solve.Adviser;
import dev.memcollab.solve.Solver;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.solve.Solver.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets models solve tasks with different things in front of them: the same tasks, greedily, so that
/// each arm is compared with another task by task.
public final class Evaluation {
    private final Solver solver;
    private final List<Reader> readers;
    private final int turns;
    private final List<Long> seeds;
    private final Consumer<String> progress;

    /// What is in front of a model.
    public record Arm(String name, Adviser adviser) {}

    /// A model with its arms.
    public record Reader(LanguageModel model, List<Arm> arms) {
        public Reader {
            arms = List.copyOf(arms);
        }
    }

    /// What is the same for all arms.
    ///
    /// @param seed of the drawn answer; null where it is greedy
    record Trial(String model, String benchmark, String task, @Nullable Long seed) {}

    /// One model at one task with one arm.
    ///
    /// @param seed of the drawn answer; null where it is greedy
    /// @param mistake kind of the last failure; empty where it passed
    /// @param lines in front of it over all turns
    /// @param promptTokens over all turns
    /// @param tokens made over all turns
    public record Row(String arm, String model, String benchmark, String task,
            @Nullable Long seed, boolean passed, String mistake, int turns, int promptTokens,
            int tokens, List<String> lines, List<String> answers) {
        private static Row of(Arm arm, Trial trial, Attempt attempt) {
            List<Turn> turns = attempt.turns();
            return new Row(arm.name(), trial.model(), trial.benchmark(), trial.task(),
                    trial.seed(), attempt.passed(), Mistake.kind(attempt.verification()),
                    turns.size(),
                    turns.stream().mapToInt(Turn::promptTokens).sum(),
                    turns.stream().mapToInt(Turn::tokens).sum(),
                    turns.stream().flatMap(turn -> turn.lines().stream())
                            .map(Constraint::sentence).toList(),
                    turns.stream().map(Turn::answer).toList());
        }

        Trial trial() {
            return new Trial(model, benchmark, task, seed);
        }
    }

    /// @param turns most for a task
    /// @param seeds with each of which each answer is drawn; greedy where there are none
    public Evaluation(Solver solver, List<Reader> readers, int turns, List<Long> seeds,
            Consumer<String> progress) {
        this.solver = solver;
        this.readers = List.copyOf(readers);
        this.turns = turns;
        this.seeds = List.copyOf(seeds);
        this.progress = progress;
    }

    /// Goes through the tasks in their order, and through all models and arms for each.
    public List<Row> rows(List<BenchmarkTask> tasks) throws InterruptedException {
        var rows = new ArrayList<Row>();
        var pace = new Pace(tasks.size());
        for (BenchmarkTask task : tasks) {
            long begun = System.nanoTime();
            List<Row> ofTask = rows(task);
            rows.addAll(ofTask);
            pace.done((System.nanoTime() - begun) / 1e9);
            progress.accept("%s: %s: passed with %s".formatted(pace, task.id(),
                    ofTask.stream().filter(Row::passed)
                            .map(row -> row.model() + " " + row.arm()).toList()));
        }
        return rows;
    }

    private List<Row> rows(BenchmarkTask task) throws InterruptedException {
        var rows = new ArrayList<Row>();
        for (Reader reader : readers) {
            if (seeds.isEmpty()) {
                rows.addAll(rows(task, reader, reader.model(), null));
            }
            for (long seed : seeds) {
                rows.addAll(rows(task, reader, new Sampled(reader.model(), seed), seed));
            }
        }
        return rows;
    }

    private List<Row> rows(BenchmarkTask task, Reader reader, LanguageModel answering,
            @Nullable Long seed) throws InterruptedException {
        var trial = new Trial(reader.model().name(), task.benchmark(), task.id(), seed);
        var rows = new ArrayList<Row>();
        for (Arm arm : reader.arms()) {
            rows.add(Row.of(arm, trial,
                    solver.solve(answering, task.task(), arm.adviser(), turns)));
        }
        return rows;
    }
}
