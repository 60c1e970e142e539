package dev.memcollab.jlama.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PieceMergerTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mergesLikeTheDefinition(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            TinyTokenizer tiny = new TinyTokenizer(randomMerges(random), List.of());
            ByteLevelTokenizer tokenizer = tiny.build();
            for (int i = 0; i < 200; i++) {
                String word = randomWord(random, random.nextInt(1, 60));

                assertThat(tokenizer.encode(word)).as(word).isEqualTo(slow(tiny, word));
            }
        }
    }

    static LongStream seeds() {
        return RandomTexts.seeds();
    }

    /// The definition, step by step: merge the leftmost pair of the smallest rank until there is none.
    private static int[] slow(TinyTokenizer tiny, String word) {
        List<String> symbols = new ArrayList<>();
        for (byte b : word.getBytes(UTF_8)) {
            symbols.add(String.valueOf(ByteAlphabet.character(b & 0xFF)));
        }
        while (true) {
            int best = IntStream.range(0, symbols.size() - 1)
                    .filter(i -> tiny.merges().contains(symbols.subList(i, i + 2))).boxed()
                    .min((a, b) -> Integer.compare(
                            tiny.merges().indexOf(symbols.subList(a, a + 2)),
                            tiny.merges().indexOf(symbols.subList(b, b + 2))))
                    .orElse(-1);
            if (best < 0) {
                break;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
        Map<String, Integer> ids = tiny.vocabulary();
        return symbols.stream().mapToInt(ids::get).toArray();
    }

    private static List<List<String>> randomMerges(SplittableRandom random) {
        List<String> tokens = new ArrayList<>(List.of("a", "b", "c"));
        Set<List<String>> merges = new HashSet<>();
        var ordered = new ArrayList<List<String>>();
        for (int i = 0; i < 25; i++) {
            var merge = List.of(tokens.get(random.nextInt(tokens.size())),
                    tokens.get(random.nextInt(tokens.size())));
            if (merges.add(merge)) {
                ordered.add(merge);
                tokens.add(String.join("", merge));
            }
        }
        return ordered;
    }

    private static String randomWord(SplittableRandom random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
