package dev.memcollab.experiment;

import dev.memcollab.trajectory.Task;

/// A task of a benchmark.
///
/// @param id the benchmark's
/// @param benchmark what it is counted under
/// @param task with its verifier
public record BenchmarkTask(String id, String benchmark, Task task) {}
