package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ModelRole;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;

/// Replays a task for a model that failed it, with a constraint in front of it: does it pass now,
/// would it pass with any line, and do tasks that it passed without it still pass?
public final class ReplayCheck {
    private final ModelPair models;
    private final Solver solver;
    private final Controls controls;
    private final Task task;
    private final String trajectoryId;

    /// Other tasks that a model passed with nothing in front, and for which the constraint would be
    /// recalled: a small model obeys any line, so tasks that never see it tell nothing.
    @FunctionalInterface
    public interface Controls {
        List<Control> passedBy(LanguageModel model, Constraint constraint);
    }

    /// A task that must not break.
    ///
    /// @param relevance of the constraint to it, in [0, 1], where 1 is as much as to its own task
    public record Control(Task task, double relevance) {}

    /// Prepares replays of one recorded task.
    ///
    /// @param controls what must not break
    public ReplayCheck(ModelPair models, Solver solver, Trajectory recorded, Controls controls) {
        this.models = models;
        this.solver = solver;
        this.task = recorded.task();
        this.trajectoryId = recorded.id();
        this.controls = controls;
    }

    /// Replays the task for one model.
    public Replay replay(Constraint constraint, ModelRole role) throws InterruptedException {
        LanguageModel model = models.of(role);
        boolean passes = solver.solve(model, task, constraint).passed();
        boolean placeboPasses = passes && solver.solve(model, task, placebo()).passed();
        List<Control> tried = passes && !placeboPasses
                ? controls.passedBy(model, constraint)
                : List.of();
        var broken = new ArrayList<Control>();
        for (Control control : tried) {
            if (!solver.solve(model, control.task(), constraint).passed()) {
                broken.add(control);
            }
        }
        return new Replay(role, model.name(), trajectoryId, passes, placeboPasses, tried.size(),
                broken.size(), broken.stream().mapToDouble(Control::relevance).max().orElse(0));
    }

    private Constraint placebo() {
        return Placebos.farthestFrom(task, 1).getFirst();
    }
}
