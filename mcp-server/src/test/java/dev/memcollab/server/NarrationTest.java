package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.constraint.Replay;
import dev.memcollab.distill.DistillerEvent;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {
    private static Replay replay(boolean passes, boolean placeboPasses, int broken) {
        return new Replay(ModelRole.WEAK, "tiny", "t-1", passes, placeboPasses, 2, broken);
    }

    @Test
    void aMarginSaysItsSign() {
        assertThat(Narration.of(new Margin(ModelRole.STRONG, "small", -0.0312)))
                .isEqualTo("margin strong -0.031 nats a token");
    }

    @Test
    void aReplaySaysWhatSpeaksAgainstIt() {
        assertThat(Narration.of(replay(true, false, 0))).isEqualTo(
                "replay weak: fails without, passes with it, breaks 0 of 2 other tasks");
        assertThat(Narration.of(replay(true, true, 1))).isEqualTo("replay weak: fails without,"
                + " passes with it, but passes with any line, breaks 1 of 2 other tasks,"
                + " the last at a relevance of 1.00");
        assertThat(Narration.of(replay(false, false, 0)))
                .startsWith("replay weak: still fails with it");
    }

    @Test
    void evidenceIsOneLine() {
        var evidence = new Evidence(List.of(new Margin(ModelRole.WEAK, "tiny", 0.5)),
                List.of(replay(true, false, 0)));

        assertThat(Narration.of(evidence))
                .startsWith("margin weak +0.500 nats a token; replay weak: fails without");
        assertThat(Narration.of(Evidence.NONE)).isEqualTo("not checked");
    }

    @Test
    void anEventIsOneSentence() {
        assertThat(Narration.of(new DistillerEvent.Solved(ModelRole.WEAK, "tiny", false)))
                .isEqualTo("weak model (tiny) solves the task by itself: fails");
        assertThat(Narration.of(new DistillerEvent.Rejected("When …", "too short")))
                .isEqualTo("rejected (too short): When …");
        assertThat(Narration.of(new DistillerEvent.Finished("t-1", "nothing learnt")))
                .isEqualTo("done with run t-1: nothing learnt");
    }

    @Test
    void aComparisonSaysWithWhatAndHowLikely() {
        var rule = new Constraint("a list is walked", "a copy", "a change");
        var known = LearntConstraint.of(rule,
                new Scope(new Project("p"), new TaskCategory("code", "algorithms")),
                new Source(ContrastKind.REVISION, "Walk.", List.of("t-1"), "tiny", "small"),
                Evidence.NONE, Instant.EPOCH);
        var candidate = new Constraint("an array is walked", "a snapshot", "a mutation");

        assertThat(Narration.of(new DistillerEvent.Compared(candidate,
                new MergeSearch.Compared(known, 0.975, true)))).isEqualTo(
                        "says what is known as %s, probability 0.98 (\"%s\"): %s".formatted(
                                known.id(), rule.sentence(), candidate.sentence()));
    }
}
