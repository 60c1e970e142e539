package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.model.ModelRole;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [ConstraintMemory] does.
public abstract class ConstraintMemoryContract {
    private static final Project PROJECT = new Project("shop");
    private static final TaskCategory ITERATION = new TaskCategory("code", "iteration");
    private static final TaskCategory RECURSION = new TaskCategory("code", "recursion");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final Constraint ITERATORS = new Constraint(
            "elements are removed while a collection is walked",
            "removal through the iterator itself", "changing the collection inside its own loop");
    private static final Constraint BASE_CASE = new Constraint("a function calls itself",
            "a base case that every input reaches", "descending on an argument of equal size");

    /// The memory under test: empty at first, the same one each time within a test.
    protected abstract ConstraintMemory memory();

    @Test
    void whatWasLearntIsFoundByItsId() {
        LearntConstraint learnt = full();

        memory().learn(learnt);

        assertThat(memory().constraint(learnt.id())).contains(learnt);
        assertThat(memory().constraints()).isEqualTo(1);
    }

    @Test
    void anEmptyMemoryAnswersWithNothing() {
        assertThat(memory().constraint("c-0000")).isEmpty();
        assertThat(memory().all()).isEmpty();
        assertThat(memory().constraints()).isZero();
        assertThat(memory().usefulness("c-0000")).isEqualTo(Usefulness.NONE);
        assertThat(search("removed elements")).isEmpty();
    }

    @Test
    void allComesOldestFirst() {
        LearntConstraint first = learnt(ITERATORS);
        LearntConstraint second = learnt(BASE_CASE);
        memory().learn(first);
        memory().learn(second);
        memory().learn(first.with(learnt(ITERATORS, "another task")));

        assertThat(memory().all()).extracting(LearntConstraint::id).containsExactly(first.id(),
                second.id());
    }

    @Test
    void learntTwiceItIsTheSameConstraint() {
        LearntConstraint learnt = full();

        memory().learn(learnt);
        memory().learn(learnt);

        assertThat(memory().all()).containsExactly(learnt);
    }

    @Test
    void learntAgainItGainsSourcesAndEvidence() {
        LearntConstraint first = learnt(ITERATORS, "drop expired baskets");
        LearntConstraint again = full();

        memory().learn(first);
        memory().learn(again);

        LearntConstraint merged = memory().constraint(first.id()).orElseThrow();
        assertThat(merged).isEqualTo(first.with(again));
        assertThat(merged.support()).isEqualTo(2);
        assertThat(merged.evidence()).isEqualTo(again.evidence());
    }

    @Test
    void searchFindsByWordsOfEachSlotAndOfTheSourceTask() {
        LearntConstraint learnt = learnt(ITERATORS, "expire the baskets");
        memory().learn(learnt);

        assertThat(search("walked")).containsExactly(learnt);
        assertThat(search("through")).containsExactly(learnt);
        assertThat(search("changing")).containsExactly(learnt);
        assertThat(search("baskets")).containsExactly(learnt);
    }

    @Test
    void searchLeavesOutWhatSharesNoWord() {
        memory().learn(learnt(ITERATORS));

        assertThat(search("quantum chromodynamics")).isEmpty();
        assertThat(search("")).isEmpty();
        assertThat(search("+-*/ \"(")).isEmpty();
    }

    @Test
    void searchPutsTheBestFirst() {
        memory().learn(learnt(BASE_CASE, "walked into a wall"));
        memory().learn(learnt(ITERATORS));

        var query = new Query("elements removed from a collection walked", PROJECT, null);
        List<Match> matches = memory().search(query, 9);

        assertThat(matches).extracting(Match::id)
                .containsExactly(learnt(ITERATORS).id(), learnt(BASE_CASE).id());
        assertThat(matches.getFirst().words()).isGreaterThan(matches.getLast().words());
    }

    @Test
    void searchKeepsToItsLimit() {
        memory().learn(learnt(ITERATORS, "walked"));
        memory().learn(learnt(BASE_CASE, "walked"));

        assertThat(memory().search(new Query("walked", PROJECT, null), 1)).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory().search(new Query("walked", PROJECT, null), 0))
                .withMessage("limit must be at least 1, got 0");
    }

    @Test
    void searchNeverLeavesItsProject() {
        memory().learn(learnt(ITERATORS));
        var elsewhere = new Scope(new Project("shop2"), ITERATION);
        memory().learn(LearntConstraint.of(BASE_CASE, elsewhere, source("walked"), Evidence.NONE,
                NOW));

        assertThat(search("walked")).extracting(learnt -> learnt.scope().project())
                .containsExactly(PROJECT);
    }

    @Test
    void whatWasPromotedIsFoundInEveryProject() {
        LearntConstraint learnt = learnt(ITERATORS);
        memory().learn(learnt);
        assertThat(searchElsewhere("walked")).isEmpty();

        memory().promote(learnt.id());

        assertThat(searchElsewhere("walked")).containsExactly(
                learnt.with(new Ruling(false, true)));
        assertThat(search("walked")).hasSize(1);
    }

    @Test
    void whatTwoProjectsLearntIsFoundInEveryProject() {
        memory().learn(learnt(ITERATORS));
        memory().learn(LearntConstraint.of(ITERATORS,
                new Scope(new Project("bank"), ITERATION), source("task"), Evidence.NONE, NOW));
        memory().learn(learnt(BASE_CASE, "walked"));

        assertThat(searchElsewhere("walked")).extracting(LearntConstraint::constraint)
                .containsExactly(ITERATORS, ITERATORS);
        assertThat(memory().all()).filteredOn(learnt -> learnt.ruling().promoted()).hasSize(2);
    }

    /// A page that both have read would make a rule of every project otherwise.
    @Test
    void whatTwoProjectsWereToldStaysWithThem() {
        memory().learn(learnt(ITERATORS));
        for (String project : List.of("bank", "mill")) {
            memory().learn(LearntConstraint.of(ITERATORS, new Scope(new Project(project),
                    ITERATION), told("task"), Evidence.NONE, NOW));
        }

        assertThat(memory().all()).hasSize(3).noneMatch(learnt -> learnt.ruling().promoted());

        memory().learn(LearntConstraint.of(ITERATORS, new Scope(new Project("mill"), ITERATION),
                source("another task"), Evidence.NONE, NOW));

        assertThat(memory().all()).filteredOn(learnt -> learnt.ruling().promoted())
                .extracting(learnt -> learnt.scope().project().name())
                .containsExactlyInAnyOrder("shop", "mill");
    }

    @Test
    void whatAPersonApprovedStaysApproved() {
        LearntConstraint learnt = learnt(ITERATORS);
        memory().learn(learnt);

        memory().approve(learnt.id());
        memory().learn(learnt(ITERATORS, "another task"));

        assertThat(memory().constraint(learnt.id())).get().extracting(LearntConstraint::standing)
                .isEqualTo(Standing.APPROVED);
        assertThat(search("walked")).extracting(LearntConstraint::standing)
                .containsExactly(Standing.APPROVED);
    }

    @Test
    void onlyWhatIsInMemoryIsApprovedOrPromoted() {
        assertThatIllegalArgumentException().isThrownBy(() -> memory().approve("c-0000"))
                .withMessage("id must name a constraint, got \"c-0000\"");
        assertThatIllegalArgumentException().isThrownBy(() -> memory().promote("c-0000"))
                .withMessage("id must name a constraint, got \"c-0000\"");
    }

    @Test
    void whatWasLearntSinceIsCountedForAProjectAndCategory() {
        memory().learn(learnt(ITERATORS));
        memory().learn(learnt(BASE_CASE));

        assertThat(memory().learntSince(PROJECT, ITERATION, NOW)).isEqualTo(2);
        assertThat(memory().learntSince(PROJECT, ITERATION, NOW.plusNanos(1))).isZero();
        assertThat(memory().learntSince(PROJECT, RECURSION, NOW)).isZero();
        assertThat(memory().learntSince(new Project("bank"), ITERATION, NOW)).isZero();
    }

    @Test
    void aCategoryIsAHardFilter() {
        LearntConstraint learnt = learnt(ITERATORS);
        memory().learn(learnt);

        assertThat(found(new Query("walked", PROJECT, ITERATION))).containsExactly(learnt);
        assertThat(memory().search(new Query("walked", PROJECT, RECURSION), 9)).isEmpty();
    }

    @Test
    void searchAnswersWithTheLatestVersion() {
        LearntConstraint learnt = learnt(ITERATORS, "expire baskets");
        memory().learn(learnt);
        assertThat(search("baskets")).hasSize(1);

        memory().learn(learnt(ITERATORS, "prune orchards"));

        assertThat(search("orchards")).extracting(LearntConstraint::support).containsExactly(2);
        assertThat(search("baskets")).extracting(LearntConstraint::support).containsExactly(2);
    }

    @Test
    void witnessesMoveTheCounters() {
        LearntConstraint learnt = learnt(ITERATORS);
        memory().learn(learnt);

        memory().witnessed(learnt.id(), true);
        memory().witnessed(learnt.id(), true);
        memory().witnessed(learnt.id(), false);

        assertThat(memory().usefulness(learnt.id())).isEqualTo(new Usefulness(2, 1));
    }

    @Test
    void whatIsNotInMemoryIsNotCounted() {
        memory().witnessed("c-0000", true);

        assertThat(memory().usefulness("c-0000")).isEqualTo(Usefulness.NONE);
    }

    private List<LearntConstraint> searchElsewhere(String text) {
        return found(new Query(text, new Project("elsewhere"), null));
    }

    private List<LearntConstraint> search(String text) {
        return found(new Query(text, PROJECT, null));
    }

    private List<LearntConstraint> found(Query query) {
        return memory().search(query, 9).stream()
                .map(match -> memory().constraint(match.id()).orElseThrow()).toList();
    }

    private static LearntConstraint learnt(Constraint constraint) {
        return learnt(constraint, "task");
    }

    private static LearntConstraint learnt(Constraint constraint, String task) {
        return LearntConstraint.of(constraint, new Scope(PROJECT, ITERATION), source(task),
                Evidence.NONE, NOW);
    }

    private static LearntConstraint full() {
        var evidence = new Evidence(
                List.of(new Margin(ModelRole.WEAK, "tiny", 0.125),
                        new Margin(ModelRole.STRONG, "small", -0.5)),
                List.of(new Replay(ModelRole.WEAK, "tiny", "t-1", true, false, 3, 1)));
        var source = new Source(ContrastKind.RECORDED_AGAINST_LOCAL, "drop expired baskets",
                List.of("t-1", "t-2"), "tiny", "small");
        return LearntConstraint.of(ITERATORS, new Scope(PROJECT, ITERATION), source, evidence,
                NOW.plusNanos(1));
    }

    private static Source told(String task) {
        return new Source(ContrastKind.TOLD, task, List.of("t-1"), "tiny", "small");
    }

    private static Source source(String task) {
        return new Source(ContrastKind.RECORDED_PAIR, task, List.of("t-1"), "tiny", "small");
    }
}
