package dev.memcollab.model;

/// The log-likelihood of a text: Σ ln p(token | what came before), in nats.
public record Score(int tokens, double logProbability) {
    public Score {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens must be at least 1, got " + tokens);
        }
    }

    /// Nats a token, so that texts of different length compare.
    public double perToken() {
        return logProbability / tokens;
    }
}
