package dev.memcollab.jlama;

/// Probabilities of logits.
final class Logits {
    private Logits() {}

    /// ln of the softmax of one logit: x − max − ln Σ exp(xⱼ − max).
    static double logProbability(float[] logits, int id) {
        float most = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return logits[id] - most - Math.log(sum);
    }
}
