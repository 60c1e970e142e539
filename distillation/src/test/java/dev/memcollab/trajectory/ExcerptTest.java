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
    void whatWasSeenOnTheWayGetsHalfTheRoomOfWhatWasDone() {
        var run = new Run("agent", List.of(Step.action("a".repeat(900)),
                Step.observation("b".repeat(900)), Step.action("c".repeat(900)),
                Step.observation("d".repeat(900))), null);

        String excerpt = Excerpt.of(run, 700);

        assertThat(excerpt.lines().map(line -> line.replaceFirst("^\\w+: ", "").length()))
                .containsExactly(200, 100, 200, 200);
    }

    @Test
    void ofALongOutputTheEndIsTheLongerPart() {
        var run = new Run("agent", List.of(
                Step.observation("head " + "x".repeat(500) + "\nKeyError: the name")), null);

        assertThat(Excerpt.of(run, 65)).isEqualTo(
                "observation: head " + "x".repeat(15) + MARK + "x".repeat(21)
                        + "\nKeyError: the name");
    }

    @Test
    void linesThatRepeatInAnOutputTakeNoRoomFromOthers() {
        String progress = "fetched 1\nfetched 2\nfetched 3\nfetched 4\nfetched 5";
        var run = new Run("agent", List.of(Step.action(progress), Step.observation(progress)),
                null);

        assertThat(Excerpt.of(run, 1_000)).isEqualTo(
                "action: " + progress + "\nobservation: fetched 1\n[…]\nfetched 5");
    }

    @Test
    void ofVeryManyStepsTheFirstAndTheLastStay() {
        var steps = IntStream.range(0, 100).mapToObj(i -> Step.action("step " + i)).toList();

        assertThat(Excerpt.of(new Run("agent", steps, null), 2_000).lines()).hasSize(16)
                .startsWith("action: step 0").endsWith("action: step 99").contains("action: step 7")
                .contains("action: step 92");
    }
}
