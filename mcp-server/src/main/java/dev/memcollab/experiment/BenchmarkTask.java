package dev.memcollab.experiment;

import dev.memcollab.trajectory.Task;
import org.jspecify.annotations.Nullable;

/// A task of a benchmark.
///
/// @param id the benchmark's
/// @param benchmark what it is counted under
/// @param task with its verifier
/// @param solution that the verifier should accept, such as the code that was merged; null where none is known
public record BenchmarkTask(String id, String benchmark, Task task, @Nullable String solution) {
    public BenchmarkTask(String id, String benchmark, Task task) {
        this(id, benchmark, task, null);
    }
}
