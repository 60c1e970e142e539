package dev.memcollab.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What there is in a memory, and in what state.
///
/// @param journalBytes size of the journal
/// @param index empty while there is none on disk
/// @param damaged lines of the journal that were skipped
public record MemoryStatus(Counts counts, long journalBytes, Optional<IndexState> index,
        List<DamagedLine> damaged) {
    public MemoryStatus {
        damaged = List.copyOf(damaged);
    }

    /// How much of each kind there is.
    ///
    /// @param pending trajectories that wait for the distiller
    public record Counts(int trajectories, int pending, int constraints) {}

    /// The index on disk.
    ///
    /// @param generation of its last commit
    /// @param behind changes of constraints that it does not cover yet
    public record IndexState(long generation, int behind) {}

    /// A line of the journal that could not be used.
    ///
    /// @param number from 1
    public record DamagedLine(Path file, long number, String reason) {}
}
