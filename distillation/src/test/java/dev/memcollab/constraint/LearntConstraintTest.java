package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearntConstraintTest {
    private static final Project SHOP = new Project("shop");
    private static final Constraint RULE = new Constraint("a list is walked", "a copy", "a change");

    @Test
    void theSameTextInTheSameProjectHasTheSameId() {
        var sameText = new Constraint("A list, is walked", "A copy", "a  change");

        assertThat(LearntConstraint.idOf(sameText, SHOP))
                .isEqualTo(LearntConstraint.idOf(RULE, SHOP)).matches("c-[0-9a-f]{12}");
    }

    @Test
    void anotherTextOrProjectHasAnotherId() {
        String id = LearntConstraint.idOf(RULE, SHOP);

        assertThat(LearntConstraint.idOf(RULE, new Project("bank"))).isNotEqualTo(id);
        assertThat(LearntConstraint.idOf(new Constraint("a list is walked", "a copy", "a loop"),
                SHOP)).isNotEqualTo(id);
    }

    @Test
    void learntAgainItHasOneMoreSource() {
        assertThat(learnt(RULE, "one").with(learnt(RULE, "two")).support()).isEqualTo(2);
    }

    @Test
    void theSameContrastIsNoFurtherSource() {
        assertThat(learnt(RULE, "one").with(learnt(RULE, "one"))).isEqualTo(learnt(RULE, "one"));
    }

    @Test
    void anotherConstraintIsNotAdded() {
        var other = new Constraint("a", "b", "c");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> learnt(RULE, "one").with(learnt(other, "one")))
                .withMessageStartingWith("id must be " + LearntConstraint.idOf(RULE, SHOP));
    }

    @Test
    void aSingleUnverifiedContrastMakesACandidate() {
        assertThat(learnt(RULE, "one").standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void aSecondIndependentContrastCorroborates() {
        var both = learnt(RULE, "one", "t-1").with(learnt(RULE, "two", "t-2"));

        assertThat(both.standing()).isEqualTo(Standing.CORROBORATED);
        assertThat(both.standing().isActive()).isTrue();
    }

    @Test
    void theSameRunOrTheSameTaskAgainIsNotIndependent() {
        var sameRun = learnt(RULE, "one", "t-1").with(learnt(RULE, "two", "t-1"));
        var sameTask = learnt(RULE, "one", "t-1").with(learnt(RULE, "One.", "t-2"));

        assertThat(sameRun.standing()).isEqualTo(Standing.CANDIDATE);
        assertThat(sameTask.standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void whatWasToldDoesNotCorroborate() {
        var found = learnt(RULE, "one", "t-1");
        var told = learnt(ContrastKind.TOLD, RULE, "two", "t-2");
        var toldAgain = learnt(ContrastKind.TOLD, RULE, "three", "t-3");

        assertThat(told.with(toldAgain).standing()).isEqualTo(Standing.CANDIDATE);
        assertThat(found.with(told).with(toldAgain).standing()).isEqualTo(Standing.CANDIDATE);
        assertThat(found.with(told).with(learnt(RULE, "four", "t-4")).standing())
                .isEqualTo(Standing.CORROBORATED);
    }

    @Test
    void onlyAPersonMakesARuleActiveThatWeakensASafeguard() {
        var rule = new Constraint("a build is slow", "skipping the tests", "waiting for them");
        var verified = new Evidence(List.of(),
                List.of(new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 0, 0)));
        var scope = new Scope(SHOP, TaskCategory.UNKNOWN);
        var learnt = LearntConstraint.of(rule, scope, learnt(rule, "one").sources().getFirst(),
                verified, Instant.EPOCH).with(learnt(rule, "two", "t-2"));

        assertThat(learnt.standing()).isEqualTo(Standing.CANDIDATE);
        assertThat(learnt.with(new Ruling(true, false)).standing()).isEqualTo(Standing.APPROVED);
    }

    @Test
    void whatAPersonApprovedStands() {
        var approved = learnt(RULE, "one").with(new Ruling(true, false));

        assertThat(approved.standing()).isEqualTo(Standing.APPROVED);
        assertThat(approved.with(new Ruling(false, true)).ruling())
                .isEqualTo(new Ruling(true, true));
    }

    @Test
    void itHasASource() {
        LearntConstraint one = learnt(RULE, "one");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearntConstraint(one.id(), RULE, one.scope(), List.of(),
                        Evidence.NONE, Ruling.NONE, Instant.EPOCH))
                .withMessageContaining("sources must hold at least one");
    }

    @ParameterizedTest
    @EnumSource
    void kindsAreReadBack(ContrastKind kind) {
        assertThat(ContrastKind.parse(kind.label())).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void standingsAreReadBack(Standing standing) {
        assertThat(Standing.parse(standing.label())).isEqualTo(standing);
    }

    private static LearntConstraint learnt(Constraint constraint, String task) {
        return learnt(constraint, task, "t-1");
    }

    private static LearntConstraint learnt(Constraint constraint, String task, String run) {
        return learnt(ContrastKind.REVISION, constraint, task, run);
    }

    private static LearntConstraint learnt(ContrastKind kind, Constraint constraint, String task,
            String run) {
        var source = new Source(kind, task, List.of(run), "tiny", "small");
        return LearntConstraint.of(constraint, new Scope(SHOP, TaskCategory.UNKNOWN), source,
                Evidence.NONE, Instant.EPOCH);
    }
}
