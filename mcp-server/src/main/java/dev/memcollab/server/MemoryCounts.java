package dev.memcollab.server;

/// How much the memory holds.
///
/// @param pending runs that are kept and not yet distilled
public record MemoryCounts(int constraints, int trajectories, int pending) {
    public MemoryCounts {
        Required.notNegative("constraints", constraints);
        Required.notNegative("trajectories", trajectories);
        Required.notNegative("pending", pending);
    }
}
