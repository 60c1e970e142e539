package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromptLookupTest {
    private static int[] guess(int count, int... text) {
        return PromptLookup.guess(text, text.length, count);
    }

    @Test
    void whatFollowedTheLastTokensBeforeIsGuessed() {
        assertThat(guess(2, 9, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4)).containsExactly(5, 6);
    }

    @Test
    void nothingIsGuessedWhereTheLastTokensAreNew() {
        assertThat(guess(3, 1, 2, 3, 4, 5, 6)).isEmpty();
        assertThat(guess(3)).isEmpty();
    }

    @Test
    void threeTokensThatAgreeAreTooFew() {
        assertThat(guess(3, 7, 1, 2, 3, 4, 5, 8, 1, 2, 3)).isEmpty();
    }

    @Test
    void thePlaceThatAgreesFurthestBackCounts() {
        assertThat(guess(1, 0, 1, 2, 3, 4, 40, 9, 1, 2, 3, 4, 50, 0, 1, 2, 3, 4))
                .containsExactly(40);
    }

    @Test
    void ofPlacesThatAgreeAsFarBackTheLastCounts() {
        assertThat(guess(1, 1, 2, 3, 4, 40, 1, 2, 3, 4, 50, 1, 2, 3, 4)).containsExactly(50);
    }

    @Test
    void whatRepeatsItselfIsGuessedBeyondTheEnd() {
        assertThat(guess(5, 8, 1, 2, 1, 2, 1, 2, 1)).containsExactly(2, 1, 2, 1, 2);
    }

    @Test
    void onlyTheTextIsLookedAt() {
        assertThat(PromptLookup.guess(new int[]{1, 2, 3, 4, 5, 1, 2, 3, 4, 9}, 9, 2))
                .containsExactly(5, 1);
        assertThat(PromptLookup.guess(new int[]{1, 2, 3, 4, 1, 2, 3, 4}, 5, 2)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsGuessedStoodThereAfterWhatAgreesFurthestBack(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int[] text = random.ints(random.nextInt(40), 0, 3).toArray();

            int[] guess = guess(1, text);

            assertThat(guess).as("%s", (Object) text).isEqualTo(slowly(text));
        }
    }

    /// The token after the last place where the longest possible end of the text stood before.
    private static int[] slowly(int[] text) {
        for (int agreeing = PromptLookup.ENOUGH; agreeing >= PromptLookup.FEWEST; agreeing--) {
            for (int end = text.length - 1; end >= agreeing; end--) {
                if (Arrays.equals(text, end - agreeing, end, text,
                        text.length - agreeing, text.length)) {
                    return new int[]{text[end]};
                }
            }
        }
        return new int[0];
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }
}
