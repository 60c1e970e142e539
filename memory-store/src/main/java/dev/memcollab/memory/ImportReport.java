package dev.memcollab.memory;

import java.util.List;

/// What came of an import.
///
/// @param added events that changed the memory
/// @param known events that it held already
/// @param forgotten events of runs and constraints that were forgotten here
public record ImportReport(int added, int known, int forgotten, List<RejectedLine> rejected) {
    public ImportReport {
        rejected = List.copyOf(rejected);
    }

    /// A line that could not be used.
    ///
    /// @param number from 1
    public record RejectedLine(long number, String reason) {}
}
