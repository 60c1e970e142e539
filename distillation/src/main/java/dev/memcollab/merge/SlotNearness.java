package dev.memcollab.merge;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import java.util.List;

/// How near the slots of two constraints are in meaning: cosines, in [-1, 1].
///
/// @param when of the two triggers
/// @param enforce of what is to be enforced
/// @param avoid of what is to be avoided
/// @param crossing of what one enforces and the other avoids, the nearer of the two: high where they
///     are opposites
public record SlotNearness(double when, double enforce, double avoid, double crossing) {
    /// The slots of one constraint, embedded.
    public record Slots(Embedding when, Embedding enforce, Embedding avoid) {
        public static Slots of(Constraint constraint, Embedder embedder) {
            return new Slots(embedder.embed(constraint.when()),
                    embedder.embed(constraint.enforce()), embedder.embed(constraint.avoid()));
        }
    }

    public static SlotNearness of(Slots one, Slots other) {
        return new SlotNearness(one.when.cosine(other.when), one.enforce.cosine(other.enforce),
                one.avoid.cosine(other.avoid),
                Math.max(one.enforce.cosine(other.avoid), one.avoid.cosine(other.enforce)));
    }

    public List<Double> features() {
        return List.of(when, enforce, avoid, crossing);
    }

    /// Whether what one demands is nearer to what the other avoids than to what it demands.
    public boolean contradicts() {
        return crossing >= enforce;
    }

    /// How likely they say the same, before any model was asked.
    public double probability(Logistic weights) {
        return weights.probability(features());
    }
}
