package dev.memcollab.jlama;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.TokenMask;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/// Chooses the next token of an answer: the likeliest, or one drawn from the likeliest, that the
/// mask allows.
final class TokenChoice {
    /// Most tokens to draw from.
    private static final int CANDIDATES = 40;
    /// Probability that those to draw from must have together (nucleus sampling).
    private static final double NUCLEUS = 0.95;
    /// Once the mask allowed one token, how far down others are looked for.
    private static final int LOOKED_AT = 1024;
    /// What the mask is asked of a token that completes no character.
    private static final String PART_OF_CHARACTER = "\uFFFD";

    private final Decoding decoding;
    private final ByteLevelTokenizer tokenizer;
    private final Set<Integer> ends;
    private final Random random;

    TokenChoice(Decoding decoding, ByteLevelTokenizer tokenizer, Set<Integer> ends) {
        this.decoding = decoding;
        this.tokenizer = tokenizer;
        this.ends = ends;
        this.random = new Random(decoding.seed());
    }

    /// The next token, or none when the mask allows none.
    OptionalInt next(float[] logits, Answer answer) {
        var ranking = new Ranking(logits, Math.min(logits.length, tokenizer.size()));
        int wanted = decoding.temperature() == 0f ? 1 : CANDIDATES;
        int[] candidates = new int[wanted];
        int found = 0;
        for (int looked = 0; ranking.hasNext() && found < wanted
                && (found == 0 || looked < LOOKED_AT); looked++) {
            int id = ranking.next();
            if (allows(id, answer)) {
                candidates[found++] = id;
            }
        }
        return switch (found) {
            case 0 -> OptionalInt.empty();
            case 1 -> OptionalInt.of(candidates[0]);
            default -> OptionalInt.of(draw(logits, candidates, found));
        };
    }

    private boolean allows(int id, Answer answer) {
        TokenMask mask = decoding.mask();
        if (mask.equals(TokenMask.ANY)) {
            return true;
        }
        if (ends.contains(id)) {
            return mask.allows(answer.text(), "");
        }
        if (tokenizer.isSpecial(id) || tokenizer.bytes(id).length == 0) {
            return false;
        }
        String next = answer.peek(id);
        return mask.allows(answer.text(), next.isEmpty() ? PART_OF_CHARACTER : next);
    }

    /// Draws from the first candidates that together have the nucleus' probability.
    private int draw(float[] logits, int[] candidates, int count) {
        double[] cumulated = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double below = logits[candidates[i]] - (double) logits[candidates[0]];
            sum += Math.exp(below / decoding.temperature());
            cumulated[i] = sum;
        }
        int kept = firstAtLeast(cumulated, count, NUCLEUS * sum) + 1;
        return candidates[firstAtLeast(cumulated, kept,
                random.nextDouble() * cumulated[kept - 1])];
    }

    private static int firstAtLeast(double[] cumulated, int count, double mass) {
        int i = 0;
        while (i < count - 1 && cumulated[i] < mass) {
            i++;
        }
        return i;
    }
}
