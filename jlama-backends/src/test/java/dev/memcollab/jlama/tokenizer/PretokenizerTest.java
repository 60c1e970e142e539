package dev.memcollab.jlama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PretokenizerTest {
    /* The expressions of the models' tokenizers, \s spelt out as Unicode's White_Space. */
    private static final Pattern QWEN2 = unicode(
            "'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?![^\\s])|\\s+");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}");
    private static final Pattern GPT2 = unicode(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?![^\\s])|\\s+");

    @Test
    void qwen2CutsLikeItsTokenizer() {
        assertThat(cut(Pretokenizer.QWEN2, "He'LL  say: don't!\n\n  x42 \n"))
                .containsExactly("He", "'LL", " ", " say", ":", " don", "'t", "!\n\n", " ", " x",
                        "4", "2", " \n");
    }

    @Test
    void smollmCutsLikeItsTokenizer() {
        assertThat(cut(Pretokenizer.SMOLLM, "He'll  say: don't!\n\n  x42  7 'LL"))
                .containsExactly("He", "'ll", " ", " say", ":", " don", "'t", "!", "\n\n ", " x",
                        "4", "2", "  ", "7", " '", "LL");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void qwen2CutsLikeItsExpression(long seed) {
        var texts = new RandomTexts(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = texts.next(30);

            assertThat(cut(Pretokenizer.QWEN2, text)).as(text)
                    .isEqualTo(QWEN2.matcher(text).results().map(MatchResult::group).toList());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void smollmCutsLikeItsTwoExpressions(long seed) {
        var texts = new RandomTexts(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = texts.next(30);

            assertThat(cut(Pretokenizer.SMOLLM, text)).as(text)
                    .isEqualTo(digitsThenGpt2(text));
        }
    }

    @Test
    void everyCodePointIsOfTheSameClassAsInTheExpressions() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = "a" + Character.toString(c) + "a  " + Character.toString(c) + ".";

                assertThat(cut(Pretokenizer.QWEN2, text)).as("U+%04X", c)
                        .isEqualTo(QWEN2.matcher(text).results().map(MatchResult::group).toList());
            }
        }
    }

    static LongStream seeds() {
        return RandomTexts.seeds();
    }

    private static List<String> cut(Pretokenizer pretokenizer, String text) {
        int[] codePoints = text.codePoints().toArray();
        var pieces = new ArrayList<String>();
        for (int start = 0; start < codePoints.length;) {
            int end = pretokenizer.end(codePoints, start, codePoints.length);
            pieces.add(new String(codePoints, start, end - start));
            start = end;
        }
        return pieces;
    }

    private static List<String> digitsThenGpt2(String text) {
        var pieces = new ArrayList<String>();
        int from = 0;
        for (MatchResult number : NUMBER.matcher(text).results().toList()) {
            GPT2.matcher(text.substring(from, number.start())).results()
                    .forEach(piece -> pieces.add(piece.group()));
            pieces.add(number.group());
            from = number.end();
        }
        GPT2.matcher(text.substring(from)).results().forEach(piece -> pieces.add(piece.group()));
        return pieces;
    }

    private static Pattern unicode(String expression) {
        return Pattern.compile(expression.replace("\\s", "\\p{IsWhite_Space}"));
    }
}
