package dev.memcollab.recall;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.trajectory.TaskCategory;
import java.util.List;
import java.util.OptionalDouble;

/// What speaks for a constraint mattering to a task.
///
/// @param nearness cosine of what both mean, in [-1, 1]; absent where that is not known
/// @param words BM25 score of the words they share, at least 0
/// @param category probability that the task is of the constraint's category, in [0, 1]
public record Relevance(OptionalDouble nearness, double words, double category) {
    /// BM25 score at which shared words count half; scores grow with the task's length.
    private static final double HALF_OF_WORDS = 10;
    /// Keeps a category that was ruled out by mistake within reach.
    private static final double LEAST_OF_CATEGORY = 0.02;

    /// Stands for the probability of a category that the classifier has no examples of, such as one that
    /// only callers use: it speaks neither for nor much against.
    private static final double CATEGORY_NOT_KNOWN = 0.3;

    static Relevance of(Match match, Classification classification) {
        return new Relevance(match.nearness(), match.words(),
                probability(match.category(), classification));
    }

    /// Of a constraint that no index has, so that its words have no score: they speak neither for nor
    /// against.
    static Relevance unindexed(double nearness, TaskCategory category,
            Classification classification) {
        return new Relevance(OptionalDouble.of(nearness), HALF_OF_WORDS,
                probability(category, classification));
    }

    /// The same of a constraint that is in no index yet: what replays are measured by.
    Relevance unindexed() {
        return new Relevance(nearness, HALF_OF_WORDS, category);
    }

    private static double probability(TaskCategory category, Classification classification) {
        return classification.knows(category)
                ? classification.probability(category)
                : CATEGORY_NOT_KNOWN;
    }

    /// The features that are weighed: the cosine, the words as a share in [0, 1), and the logarithm of
    /// the category's probability.
    public List<Double> features() {
        return List.of(nearness.orElse(0), words / (words + HALF_OF_WORDS),
                Math.log(category + LEAST_OF_CATEGORY));
    }

    /// How likely it matters, in (0, 1): a logistic regression.
    public double probability(Weights weights) {
        return weights.factors().probability(features());
    }

    /// Whether meaning and words alone say so: what a rule must have of which nothing shows that it holds
    /// for its category.
    public boolean isNear() {
        return probability(Weights.WITHOUT_CATEGORY) >= Weights.WITHOUT_CATEGORY.least();
    }

    /// Factors of the features.
    ///
    /// @param least probability from which on a constraint is shown
    public record Weights(double bias, double nearness, double words, double category,
            double least) {
        /// Fitted on the tasks of the split `dev` by `memcollab bench recall --fit`; the threshold is
        /// higher than fitted, see decision 0030.
        public static final Weights FITTED = new Weights(-3.96, 12.4, 1.09, 1.12, 0.34);

        /// Fitted in the same way without the category, with a threshold at which five of six lines matter
        /// (decision 0046).
        public static final Weights WITHOUT_CATEGORY = new Weights(-7.54, 17.9, 1.44, 0, 0.7);

        private Logistic factors() {
            return Logistic.of(bias, nearness, words, category);
        }

        /// The same factors, with every category taken to be as likely as not.
        public Weights ignoringCategory() {
            return new Weights(bias + category * Math.log(0.5 + LEAST_OF_CATEGORY), nearness, words,
                    0, least);
        }

        /// The same factors with another threshold.
        public Weights showingFrom(double probability) {
            return new Weights(bias, nearness, words, category, probability);
        }
    }
}
