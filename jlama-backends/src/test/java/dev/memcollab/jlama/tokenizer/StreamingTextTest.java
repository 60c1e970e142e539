package dev.memcollab.jlama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingTextTest {
    private final ByteLevelTokenizer tokenizer = TinyTokenizer.of("h e").build();
    private final StreamingText text = new StreamingText(tokenizer);

    @Test
    void aWholeTokenComesAtOnce() {
        assertThat(text.append(256)).isEqualTo("he");
        assertThat(text.finish()).isEmpty();
    }

    @Test
    void aCharacterWaitsForAllItsBytes() {
        assertThat(text.append(0xF0)).isEmpty();
        assertThat(text.append(0x9F)).isEmpty();
        assertThat(text.append(0x98)).isEmpty();
        assertThat(text.append(0x80)).isEqualTo("😀");
    }

    @Test
    void aCharacterThatStaysIncompleteIsReplacedAtTheEnd() {
        text.append(0xF0);
        text.append(0x9F);

        assertThat(text.finish()).isEqualTo("\uFFFD");
        assertThat(text.append('a')).isEqualTo("a");
    }

    @Test
    void bytesThatCanNotBecomeACharacterAreReplacedAtOnce() {
        assertThat(text.append(0xC3)).isEmpty();
        assertThat(text.append('a')).isEqualTo("\uFFFDa");
        assertThat(text.append(0xFF)).isEqualTo("\uFFFD");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePiecesMakeTheDecodedText(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            int[] ids = random.ints(random.nextInt(20), 0x60, 257).toArray();
            var pieces = new StringBuilder();
            for (int id : ids) {
                pieces.append(text.append(id));
            }
            pieces.append(text.finish());

            assertThat(pieces.toString()).isEqualTo(tokenizer.decode(ids));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPieceHasHalfACharacter(long seed) {
        String whole = new RandomTexts(seed).next(2_000);
        var pieces = new StringBuilder();
        for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
            pieces.append(text.append(b & 0xFF));
        }

        assertThat(pieces.toString()).isEqualTo(whole);
        assertThat(text.finish()).isEmpty();
    }

    static LongStream seeds() {
        return RandomTexts.seeds();
    }
}
