package dev.memcollab.experiment;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.solve.Adviser;
import dev.memcollab.solve.Solver;
import dev.memcollab.solve.Solver.Attempt;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How models failed the tasks that constraints were learnt from.
///
/// They do the tasks again; where their answers are kept, that costs the tests alone.
///
/// @param turns that they have
public record RecordedMistakes(Solver solver, List<LanguageModel> models, int turns) {
    /// Kinds of mistakes behind each constraint, by its sentence.
    public Map<String, Set<String>> of(Collection<LearntConstraint> learnt, TrajectoryLog log)
            throws InterruptedException {
        var mistakes = new HashMap<String, Set<String>>();
        for (LearntConstraint one : learnt) {
            var kinds = new TreeSet<String>();
            for (Task task : tasks(one, log)) {
                kinds.addAll(kinds(task));
            }
            mistakes.computeIfAbsent(one.constraint().sentence(), _ -> new TreeSet<>())
                    .addAll(kinds);
        }
        return mistakes;
    }

    private Set<String> kinds(Task task) throws InterruptedException {
        var kinds = new TreeSet<String>();
        for (LanguageModel model : models) {
            Attempt attempt = solver.solve(model, task, Adviser.NONE, turns);
            if (!attempt.passed()) {
                kinds.add(Mistake.kind(attempt.verification()));
            }
        }
        return kinds;
    }

    private Set<Task> tasks(LearntConstraint learnt, TrajectoryLog log) {
        return learnt.sources().stream().map(Source::trajectories).flatMap(List::stream)
                .flatMap(id -> log.trajectory(id).stream()).map(Trajectory::task)
                .filter(solver::canJudge).collect(Collectors.toSet());
    }
}
