package dev.memcollab.memory;

import dev.memcollab.trajectory.Project;

/// What a person may want gone.
public sealed interface Forgettable {
    /// One constraint; it is not learnt again. The runs that it came from stay.
    record OneConstraint(String id) implements Forgettable {}

    /// One recorded run, and what was learnt from it.
    record OneRun(String id) implements Forgettable {}

    /// All that was recorded and learnt in a project.
    record WholeProject(Project project) implements Forgettable {}
}
