package dev.memcollab.constraint;

import java.util.List;

/// What the check by both models said, the unfavourable included.
public record Evidence(List<Margin> margins, List<Replay> replays) {
    public static final Evidence NONE = new Evidence(List.of(), List.of());

    public Evidence {
        margins = List.copyOf(margins);
        replays = List.copyOf(replays);
    }

    /// Replay verifies; a margin only ranks (see method notes in docs/decisions).
    public Standing standing() {
        boolean flipped = replays.stream().anyMatch(Replay::flips);
        return flipped && !breaksControls() ? Standing.VERIFIED : Standing.CANDIDATE;
    }

    /// A task that a model passed without the constraint fails with it.
    public boolean breaksControls() {
        return replays.stream().anyMatch(replay -> replay.broken() > 0);
    }

    /// Both models see the constraint as speaking for the run that failed.
    public boolean opposed() {
        return !margins.isEmpty() && margins.stream().allMatch(margin -> margin.nats() < 0);
    }

    /// The mean margin; 0 where none was taken.
    public double meanMargin() {
        return margins.stream().mapToDouble(Margin::nats).average().orElse(0.0);
    }
}
