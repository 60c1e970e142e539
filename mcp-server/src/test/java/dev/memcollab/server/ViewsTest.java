package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static LearntConstraint learnt(ContrastKind kind, List<String> runs,
            Evidence evidence) {
        return LearntConstraint.of(
                new Constraint("dividing", "a check for zero", "catching the error"),
                new Scope(new Project("shop"), new TaskCategory("code", "arithmetic")),
                new Source(kind, "divide", runs, "tiny", "small"), evidence,
                TickingClock.START);
    }

    @Test
    void everythingThatSpeaksForOrAgainstIsShown() {
        var evidence = new Evidence(List.of(new Margin(ModelRole.WEAK, "tiny", 0.25)),
                List.of(new Replay(ModelRole.STRONG, "small", "t-1", true, false, 0, 0)));

        ConstraintView view = Views.of(
                learnt(ContrastKind.RECORDED_PAIR, List.of("t-1", "t-2"), evidence),
                new Usefulness(2, 1));

        assertThat(view.evidence()).extracting(ConstraintView.Evidence::kind)
                .containsExactly("run", "margin", "replay", "use");
        assertThat(view.evidence()).extracting(ConstraintView.Evidence::source)
                .containsExactly("t-1, t-2", "tiny", "small", "recorded runs");
        assertThat(view.evidence().getFirst().detail())
                .isEqualTo("recorded-pair at \"divide\", distilled by tiny and small");
        assertThat(view.origin()).isEqualTo("verified, recorded-pair of t-1, t-2");
    }

    @Test
    void aConstraintOfTheLocalPairNamesNoRun() {
        ConstraintView view = Views.of(learnt(ContrastKind.LOCAL_PAIR, List.of(), Evidence.NONE),
                Usefulness.NONE);

        assertThat(view.evidence()).singleElement()
                .satisfies(run -> assertThat(run.source()).isEqualTo("local models"));
        assertThat(view.origin()).isEqualTo("candidate, local-pair");
    }
}
