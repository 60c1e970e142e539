package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.experiment.Evaluation.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecurrenceTest {
    private static final String LINE = "When numbers are added, enforce a carry; avoid haste.";
    private static final Map<String, Set<String>> MISTAKES = Map.of(LINE, Set.of("TypeError"));

    @Test
    void whatComesBackIsCountedWithRecallAndWithout() {
        var recurrence = of(none("one", "TypeError"), told("one", ""), none("two", "TypeError"),
                told("two", "TypeError"), none("three", ""), told("three", ""));

        assertThat(recurrence).isEqualTo(new Recurrence(3, 2, 1, 1, 1.0));
        assertThat(recurrence.facts()).containsEntry("relative_change", -50.0)
                .containsEntry("without", List.of(66.7, 20.8, 93.9));
        assertThat(recurrence.sentence()).contains("at 2 without recall and at 1 with it (-50 %");
    }

    @Test
    void anotherMistakeIsNotTheSameOneAgain() {
        assertThat(of(none("one", "TypeError"), told("one", "NameError")))
                .isEqualTo(new Recurrence(1, 1, 0, 0, 1.0));
    }

    @Test
    void whereNothingWasRecalledThereIsNoSibling() {
        assertThat(of(none("one", "TypeError"), row("memcollab", "one", null, "", List.of())))
                .isEqualTo(new Recurrence(0, 0, 0, 0, 1.0));
    }

    @Test
    void aPlaceboIsLookedAtWhereTheLinesWouldHaveBeen() {
        List<Row> rows = List.of(none("one", "TypeError"), told("one", ""),
                row("placebo", "one", null, "NameError", List.of("another line")),
                none("two", "TypeError"), row("memcollab", "two", null, "TypeError", List.of()),
                row("placebo", "two", null, "", List.of()));

        assertThat(Recurrence.of(rows, "memcollab", "placebo", MISTAKES))
                .isEqualTo(new Recurrence(1, 1, 0, 0, 1.0));
    }

    @Test
    void eachSeedIsComparedWithItself() {
        assertThat(of(row("none", "one", 1L, "TypeError", List.of()),
                row("none", "one", 2L, "", List.of()),
                row("memcollab", "one", 1L, "", List.of(LINE)),
                row("memcollab", "one", 2L, "TypeError", List.of(LINE))))
                .isEqualTo(new Recurrence(2, 1, 1, 1, 1.0));
    }

    private static Recurrence of(Row... rows) {
        return Recurrence.of(List.of(rows), "memcollab", "memcollab", MISTAKES);
    }

    private static Row none(String task, String mistake) {
        return row("none", task, null, mistake, List.of());
    }

    private static Row told(String task, String mistake) {
        return row("memcollab", task, null, mistake, List.of(LINE));
    }

    private static Row row(String arm, String task, @Nullable Long seed, String mistake,
            List<String> lines) {
        return new Row(arm, "tiny", "sums", task, seed, mistake.isEmpty(), mistake, 1, 10, 5, lines,
                List.of("answer"));
    }
}
