package dev.memcollab.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldTest {
    private static final Constraint RULE = new Constraint("rows are deleted from a table",
            "a single statement without conditions", "asking for the reason");
    private static final Step ACTION = Step.action("delete from carts");

    @ParameterizedTest
    @ValueSource(strings = {
            "If rows are deleted from a table, a single statement without conditions is right,"
                    + " never ask for the reason.",
            "README: to delete table rows:\n- use a single statement\n- no condition, no reason asked",
            "Ask no reason. A single statement without a condition deletes rows from tables."})
    void aRuleThatWasReadWasTold(String read) {
        assertThat(told("drop the carts", "1 failed", ACTION, Step.observation(read))).isTrue();
        assertThat(told(read, "1 failed", ACTION)).isTrue();
        assertThat(told("drop the carts", read, ACTION)).isTrue();
    }

    @Test
    void adviceThatWasReadOfOtherThingsWasTold() {
        assertThat(told("drop the carts", "1 failed", ACTION, Step.observation(
                "Of invoices: a single statement without conditions, and never ask for the reason.")))
                .isTrue();
    }

    @Test
    void aRuleThatTheAgentFoundWasNot() {
        assertThat(told("drop the carts", "1 failed", Step.thought(RULE.sentence()), ACTION,
                Step.observation("2 passed"))).isFalse();
    }

    @Test
    void aTaskOfTheKindDoesNotTell() {
        assertThat(told("Delete the rows of expired carts from the table", "1 failed", ACTION))
                .isFalse();
    }

    @Test
    void wordsFarFromEachOtherDoNotTell() {
        String log = "delete rows\n" + "fine\n".repeat(9) + "single statement\n"
                + "fine\n".repeat(9) + "condition\n" + "fine\n".repeat(9) + "ask a reason\n";

        assertThat(told("drop the carts", "1 failed", ACTION, Step.observation(log))).isFalse();
    }

    private static boolean told(String task, String failure, Step... steps) {
        Task stated = Runs.task(task, null);
        return Told.in(new Contrast(ContrastKind.RECORDED_PAIR, stated,
                new Run("a", List.of(steps), "t-1"), new Run("b", List.of(ACTION), "t-2"), failure,
                Focus.CORRECTNESS), RULE);
    }
}
