package dev.memcollab.solve;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.trajectory.Task;
import java.util.List;

/// Gives the lines that a model has in front of it.
@FunctionalInterface
public interface Adviser {
    /// Says nothing.
    Adviser NONE = (_, _) -> List.of();

    /// The lines before a turn, the most important first.
    ///
    /// @param feedback what the verifier said of the turn before; empty at the first
    List<Constraint> lines(Task task, String feedback);

    /// The same line each time a task is begun.
    static Adviser of(Constraint line) {
        return (_, feedback) -> feedback.isEmpty() ? List.of(line) : List.of();
    }
}
