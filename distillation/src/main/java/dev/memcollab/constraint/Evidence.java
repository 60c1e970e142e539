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
        return flips() > 0 && !breaksControls() ? Standing.VERIFIED : Standing.CANDIDATE;
    }

    /// How many replays it turned from a failure into a pass.
    public long flips() {
        return replays.stream().filter(Replay::flips).count();
    }

    /// A task that a model passed without the constraint fails with it, to which it is as relevant as to
    /// its own.
    public boolean breaksControls() {
        return breaksUpTo() >= 1;
    }

    /// The highest relevance at which it broke a task that a model passed without it, in [0, 1]: it helps
    /// only where it is more relevant than that. 0 where it broke none.
    public double breaksUpTo() {
        return replays.stream().mapToDouble(Replay::brokenAt).max().orElse(0);
    }

    /// It was in front of models that had failed its own task, and they failed again: whatever it says,
    /// it is not what was missing.
    public boolean isRefuted() {
        return !replays.isEmpty() && replays.stream().noneMatch(Replay::passes);
    }

    /// It was in front of models that had failed its own task, and none passed that would not have passed with
    /// any line.
    public boolean isTriedInVain() {
        return !replays.isEmpty() && flips() == 0;
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
