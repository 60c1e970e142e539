package dev.memcollab.constraint;

import dev.memcollab.model.ModelRole;

/// What a model thinks of a constraint without acting on it:
/// margin(c) = [log p(τ+ | x, c) − log p(τ− | x, c)] − [log p(τ+ | x) − log p(τ− | x)].
///
/// @param nats nats a token; above 0 the constraint speaks for the run that worked
public record Margin(ModelRole role, String model, double nats) {
    public Margin {
        if (!Double.isFinite(nats)) {
            throw new IllegalArgumentException("nats must be finite, got " + nats);
        }
    }
}
