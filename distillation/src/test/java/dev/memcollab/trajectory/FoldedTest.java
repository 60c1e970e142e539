package dev.memcollab.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedTest {
    @Test
    void linesThatDifferOnlyInNumbersKeepTheFirstAndTheLast() {
        String output = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "fetched %d of 40 in %d ms".formatted(i, 7 * i))
                .collect(Collectors.joining("\n"));

        assertThat(Folded.lines("start\n" + output + "\nend")).isEqualTo("""
                start
                fetched 1 of 40 in 7 ms
                […]
                fetched 40 of 40 in 280 ms
                end""");
    }

    @Test
    void threeLinesAlikeStay() {
        assertThat(Folded.lines("a 1\na 2\na 3")).isEqualTo("a 1\na 2\na 3");
    }

    @Test
    void linesOfDifferentWordsStay() {
        String trace = "  File \"a.py\", line 3, in f\n    g()\n  File \"a.py\", line 9, in g\n"
                + "    h()\nKeyError: 'x'";

        assertThat(Folded.lines(trace)).isEqualTo(trace);
    }

    @Test
    void rulersAndBlankLinesShrink() {
        assertThat(Folded.lines("======= FAILURES =======  \n\n\n\n......F..  [100%]"))
                .isEqualTo("=== FAILURES ===\n\n...F..  [100%]");
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertThat(Folded.lines("")).isEmpty();
    }
}
