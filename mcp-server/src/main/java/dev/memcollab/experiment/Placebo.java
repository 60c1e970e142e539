package dev.memcollab.experiment;

import dev.memcollab.check.Placebos;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Adviser;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// As many lines as another adviser has, of other categories, and where the memory has not so many, lines
/// about nothing that a task is about ([Placebos]): any line shifts a small model, so a gain
/// counts against this too.
///
/// @param seed of the choice among them
record Placebo(Adviser other, ConstraintMemory memory, TaskClassifier classifier,
        int seed) implements Adviser {
    @Override
    public List<Constraint> lines(Task task, String feedback) {
        List<Constraint> shown = other.lines(task, feedback);
        int count = shown.size();
        if (count == 0) {
            return List.of();
        }
        TaskCategory category = classifier.classify(task).category();
        Stream<Constraint> others = memory.all().stream()
                .filter(learnt -> !learnt.scope().category().equals(category))
                .sorted(Comparator.comparingInt((LearntConstraint learnt) -> Objects.hash(seed,
                        task.text(), learnt.id())))
                .map(LearntConstraint::constraint).filter(line -> !shown.contains(line));
        return Stream.concat(others, Placebos.farthestFrom(task, count).stream()).limit(count)
                .toList();
    }
}
