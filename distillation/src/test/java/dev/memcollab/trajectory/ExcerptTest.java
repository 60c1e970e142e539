package dev.memcollab.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExcerptTest {
    private static final String MARK = " […] ";

    @Test
    void aShortTextStaysWhole() {
        assertThat(Excerpt.of("0123456789", 10)).isEqualTo("0123456789");
    }

    @Test
    void aLongTextLosesItsMiddle() {
        assertThat(Excerpt.of("a".repeat(50) + "b".repeat(50), 35))
                .isEqualTo("a".repeat(20) + MARK + "b".repeat(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noCharacterIsEverHalved(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(random.nextBoolean() ? "😀" : "a");
        }

        for (int characters = 8; characters < 60; characters++) {
            String excerpt = Excerpt.of(text.toString(), characters);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(excerpt)).isTrue();
            assertThat(excerpt.length()).isLessThanOrEqualTo(characters + 1);
        }
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @Test
    void everyStepOfAShortRunKeepsItsPlace() {
        var run = new Run("agent", List.of(Step.thought("plan"), Step.action("x".repeat(500)),
                Step.observation("done")), null);

        assertThat(Excerpt.of(run, 200).lines()).hasSize(3)
                .satisfiesExactly(line -> assertThat(line).isEqualTo("thought: plan"),
                        line -> assertThat(line).startsWith("action: xxx").contains(MARK),
                        line -> assertThat(line).isEqualTo("observation: done"));
    }

    @Test
    void whatShortStepsLeaveGoesToLongOnes() {
        var run = new Run("agent", List.of(Step.thought("plan"), Step.action("x".repeat(500))),
                null);

        assertThat(Excerpt.of(run, 304)).hasSize("thought: plan\naction: ".length() + 300);
    }

    @Test
    void ofVeryManyStepsTheFirstAndTheLastStay() {
        var steps = IntStream.range(0, 100).mapToObj(i -> Step.action("step " + i)).toList();

        assertThat(Excerpt.of(new Run("agent", steps, null), 2_000).lines()).hasSize(16)
                .startsWith("action: step 0").endsWith("action: step 99").contains("action: step 7")
                .contains("action: step 92");
    }
}
