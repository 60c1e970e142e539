package dev.memcollab.memory;

import java.util.List;

/// What forgetting does, or would do: ids, sorted.
///
/// @param trajectories runs that go
/// @param constraints constraints that go: told by id, or resting on those runs alone
/// @param weakened constraints that stay with fewer sources or less evidence
public record Forgetting(List<String> trajectories, List<String> constraints,
        List<String> weakened) {
    public static final Forgetting NOTHING = new Forgetting(List.of(), List.of(), List.of());

    public Forgetting {
        trajectories = trajectories.stream().sorted().toList();
        constraints = constraints.stream().sorted().toList();
        weakened = weakened.stream().sorted().toList();
    }

    public boolean isEmpty() {
        return equals(NOTHING);
    }
}
