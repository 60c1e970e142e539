/// What agents did: tasks, runs with their steps and outcomes, and the log that keeps them.
///
/// | paper | here |
/// |---|---|
/// | task x | [Task][dev.memcollab.trajectory.Task] |
/// | trajectory τ | [Trajectory][dev.memcollab.trajectory.Trajectory], a list of [Step][dev.memcollab.trajectory.Step]s |
/// | indicator I(τ) | [Outcome][dev.memcollab.trajectory.Outcome]: told by the agent, or decided by a [Verifier][dev.memcollab.trajectory.Verifier] |
///
/// Paper: MemCollab, arXiv 2603.23234.
@NullMarked
package dev.memcollab.trajectory;

import org.jspecify.annotations.NullMarked;
