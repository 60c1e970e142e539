package dev.memcollab.distill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.Contrast.Focus;
import dev.memcollab.contrast.Runs;
import dev.memcollab.trajectory.InMemoryTrajectoryLog;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Constraint KNOWN = new Constraint("a ledger is closed",
            "writing the sum twice", "leaving the remainder to the clerk");
    private static final Constraint DRAWN = new Constraint("books are finished",
            "noting each total again", "trusting the accountant with the rest");

    private final Intake intake = new Intake(new InMemoryConstraintMemory(),
            new InMemoryTrajectoryLog(), RateCap.NONE, Clock.systemUTC());

    /// A page that says in other words what memory was told before would count as a second source.
    @Test
    void whatWasReadStaysToldThoughMemorySaysItInOtherWords() {
        assertThat(kind(DRAWN)).isEqualTo(ContrastKind.TOLD);
        assertThat(kind(KNOWN)).isEqualTo(ContrastKind.RECORDED_PAIR);
    }

    private ContrastKind kind(Constraint drawn) {
        return intake.offer(contrast(), drawn, learnt()).orElseThrow().sources().getFirst().kind();
    }

    private static Contrast contrast() {
        var reads = new Run("a", List.of(Step.action("cat NOTES"), Step.observation(
                "When books are finished: noting each total again; trusting the accountant with the rest.")),
                null);
        return new Contrast(ContrastKind.RECORDED_PAIR, Runs.task("close the books", null), reads,
                reads, "", Focus.CORRECTNESS);
    }

    private static LearntConstraint learnt() {
        return LearntConstraint.of(KNOWN,
                new Scope(new Project("shop"), new TaskCategory("code", "lists")),
                new Source(ContrastKind.RECORDED_PAIR, "close the books", List.of("t-1"), "tiny",
                        "small"),
                Evidence.NONE, Instant.EPOCH);
    }
}
