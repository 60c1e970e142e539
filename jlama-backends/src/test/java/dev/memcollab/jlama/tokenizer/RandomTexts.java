package dev.memcollab.jlama.tokenizer;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// Texts of code points from everywhere, with what pretokenizers look at drawn often.
final class RandomTexts {
    private static final int[] COMMON = " \t\n\r'sStTrReEvVmMlLdD09aZ.,<|>\u00a0\u3000\u0085\u2028é½Ⅷ你\u0301"
            .codePoints().toArray();

    private final RandomGenerator random;

    RandomTexts(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    String next(int maxLength) {
        var text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.nextInt(10) < 7 ? COMMON[random.nextInt(COMMON.length)] : any());
        }
        return text.toString();
    }

    /// Any code point but a surrogate, those of the first planes more often.
    private int any() {
        int limit = random.nextBoolean() ? 0x3100 : Character.MAX_CODE_POINT + 1;
        int codePoint = random.nextInt(limit);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                ? 'x'
                : codePoint;
    }
}
