package dev.memcollab.merge;

import dev.memcollab.algebra.Logistic;
import java.util.List;

/// What speaks for two constraints saying the same: how near their slots are, and what a model says.
public record Sameness(SlotNearness slots, Verdict verdict) {
    /// The features that are weighed.
    public List<Double> features() {
        return List.of(verdict.agreement(), slots.crossing());
    }

    /// How likely they say the same, in (0, 1).
    public double probability(Weights weights) {
        return weights.ofAll().probability(features());
    }

    /// How much each feature counts, and from where on.
    ///
    /// @param ofSlots weighs how near the slots are
    /// @param ask probability by the slots from which on the model is asked
    /// @param ofAll weighs [Sameness#features]
    /// @param merge probability by them from which on two are one
    public record Weights(Logistic ofSlots, double ask, Logistic ofAll, double merge) {
        /// Fitted on the pairs of the split `dev` by `memcollab bench merge --fit`.
        public static final Weights FITTED = new Weights(
                Logistic.of(-1.27, -0.27, 3.10, 4.30, -6.49), 0.1, Logistic.of(0.03, 2.65, -4.77),
                0.92);

        /// Whether two may be one, so that the model is worth asking.
        public boolean asks(SlotNearness slots) {
            return !slots.contradicts() && slots.probability(ofSlots) >= ask;
        }

        /// Whether two are one.
        ///
        /// @param probability by all features
        public boolean merges(double probability) {
            return probability >= merge;
        }
    }
}
