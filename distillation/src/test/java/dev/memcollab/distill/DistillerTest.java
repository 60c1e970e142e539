package dev.memcollab.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.Standing;
import dev.memcollab.contrast.ContrastPrompts;
import dev.memcollab.contrast.Runs;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.merge.Sameness;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.InMemoryTrajectoryLog;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DistillerTest {
    private static final Constraint RULE = new Constraint("elements are removed while walking",
            "a copy of the keys", "changing the walked collection");
    private static final Constraint SITUATED = new Constraint("working on keys of a register",
            "walking over a copy of them", "dropping them from what is walked");
    private static final Constraint SAME_RULE = new Constraint(
            "elements are deleted during a walk", "a snapshot of the keys",
            "mutation of the walked collection");
    private static final Embedder TOPICS = new TopicEmbedder("removed deleted", "walking walk",
            "copy snapshot", "changing mutation", "walked");
    private static final String ADVICE = "Advice from earlier work: ";
    private static final Step GOOD = Step.action("good");
    private static final Step BAD = Step.action("bad");
    private static final Instant NOW = Instant.EPOCH;
    private static final Step PASSED = Step.observation("2 passed");
    private static final Step FAILED = Step.observation("1 failed");

    private final InMemoryTrajectoryLog log = new InMemoryTrajectoryLog();
    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();
    private final List<DistillerEvent> events = new ArrayList<>();
    private final ScriptedLanguageModel weak = new ScriptedLanguageModel("tiny");
    private final ScriptedLanguageModel strong = new ScriptedLanguageModel("small");
    private final Distiller distiller = distiller(MergeSearch.none(memory));

    private Distiller distiller(MergeSearch merging) {
        return new Distiller(log, memory, new Solver(TaskVerifier.withoutCode()),
                Reach.byWords(TaskClassifier.withOwnTaxonomy()), merging,
                Distiller.Policy.BACKGROUND,
                Clock.fixed(NOW, ZoneOffset.UTC),
                events::add);
    }

    @Test
    void twoRecordedRunsTeach() throws InterruptedException {
        says(RULE);
        Trajectory failed = append(Runs.run(1, Outcome.FAILURE, BAD, FAILED));
        Trajectory worked = append(Runs.run(2, Outcome.SUCCESS, GOOD));

        Distillation distillation = distil(worked);

        LearntConstraint learnt = only();
        assertThat(learnt.constraint()).isEqualTo(RULE);
        assertThat(learnt.sources()).singleElement().satisfies(source -> {
            assertThat(source.kind()).isEqualTo(ContrastKind.RECORDED_PAIR);
            assertThat(source.trajectories()).containsExactly(worked.id(), failed.id());
            assertThat(source.weak()).isEqualTo("tiny");
            assertThat(source.strong()).isEqualTo("small");
        });
        assertThat(learnt.standing()).isEqualTo(Standing.CANDIDATE);
        assertThat(learnt.evidence().margins()).hasSize(2);
        assertThat(distillation.learnt()).containsExactly(learnt.id());
        assertThat(distillation.reason()).isEqualTo("recorded-pair: 1 learnt");
        assertThat(log.distillation(worked.id())).contains(distillation);
    }

    @Test
    void aRevisionTeaches() throws InterruptedException {
        says(RULE);

        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(kind()).isEqualTo(ContrastKind.REVISION);
    }

    @Test
    void theLocalPairTeachesWhatAReplayVerifies() throws InterruptedException {
        weak.whenAsked(ADVICE + RULE.sentence(), "#### 42").otherwise("#### 41");
        says(RULE);
        strong.otherwise("#### 42");

        Distillation distillation = distil(append(verified(Outcome.FAILURE)));

        assertThat(kind()).isEqualTo(ContrastKind.LOCAL_PAIR);
        assertThat(only().standing()).isEqualTo(Standing.VERIFIED);
        assertThat(distillation.reason()).isEqualTo("local-pair: 1 learnt");
    }

    @Test
    void aRuleAboutTheSameThingsThatIsVerifiedIsNotMadeGeneral() throws InterruptedException {
        weak.whenAsked(ADVICE + SITUATED.sentence(), "#### 42").otherwise("#### 41");
        saysOfTheSameThings(SITUATED);
        strong.otherwise("#### 42");

        distil(append(verified(Outcome.FAILURE)));

        assertThat(only().constraint()).isEqualTo(SITUATED);
        assertThat(strong.prompts()).noneMatch(asked("of the same kind"));
    }

    @Test
    void aRuleAboutTheSameThingsThatIsNotVerifiedIsMadeGeneral() throws InterruptedException {
        var general = new Constraint("something is dropped from what is being read",
                "collecting it first", "dropping it at once");
        weak.whenAsked(ADVICE + general.sentence(), "#### 42").otherwise("#### 41");
        saysOfTheSameThings(SITUATED);
        says(general);
        strong.otherwise("#### 42");

        distil(append(verified(Outcome.FAILURE)));

        assertThat(memory.all()).anySatisfy(learnt -> {
            assertThat(learnt.constraint()).isEqualTo(general);
            assertThat(learnt.standing()).isEqualTo(Standing.VERIFIED);
        });
    }

    @Test
    void theSearchGoesOnUntilALineHelpsEveryModelThatFailed() throws InterruptedException {
        var helpsOne = new Constraint(SITUATED.when(), "sorting the file by its dates before",
                SITUATED.avoid());
        Iterator<String> drawn = List.of(helpsOne.enforce(), SITUATED.enforce()).iterator();
        strong.when(after("worked by"), _ -> " " + drawn.next());
        saysOfTheSameThings(SITUATED);
        strong.whenAsked(ADVICE + helpsOne.sentence(), "#### 42")
                .whenAsked(ADVICE + SITUATED.sentence(), "#### 42").otherwise("#### 41");
        weak.whenAsked(ADVICE + SITUATED.sentence(), "#### 42").otherwise("#### 41");

        distil(append(verified(Outcome.SUCCESS)));

        assertThat(only().constraint()).isEqualTo(SITUATED);
        assertThat(only().evidence().flips()).isEqualTo(2);
    }

    private static Predicate<Prompt> asked(String words) {
        return prompt -> prompt.messages().getFirst().text().contains(words);
    }

    @Test
    void aRunThatWorkedTeachesAgainstThePlansOfBoth() throws InterruptedException {
        weak.otherwise("guess");
        says(RULE);
        strong.whenAsked("Say only the plan", "loop");

        distil(append(Runs.run(1, Outcome.SUCCESS, GOOD)));

        assertThat(kind()).isEqualTo(ContrastKind.RECORDED_AGAINST_LOCAL);
    }

    @Test
    void aFailureAloneWaits() throws InterruptedException {
        Distillation distillation = distil(append(Runs.run(1, Outcome.FAILURE, BAD, FAILED)));

        assertThat(distillation.reason()).isEqualTo("waits for a run of this task that worked");
        assertThat(memory.constraints()).isZero();
        assertThat(log.pending()).isEmpty();
    }

    @Test
    void twoWaitingRunsAreContrastedOnce() throws InterruptedException {
        says(RULE);
        Trajectory failed = append(Runs.run(1, Outcome.FAILURE, BAD, FAILED));
        Trajectory worked = append(Runs.run(2, Outcome.SUCCESS, GOOD));

        distil(failed);
        distil(worked);

        assertThat(events).filteredOn(DistillerEvent.Contrasted.class::isInstance).hasSize(1);
    }

    @Test
    void doneAgainItLearnsTheSame() throws InterruptedException {
        says(RULE);
        Trajectory run = append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD));
        Distillation first = distil(run);
        List<LearntConstraint> learnt = memory.all();

        assertThat(distil(run)).isEqualTo(first);
        assertThat(memory.all()).isEqualTo(learnt);
    }

    @Test
    void oneRuleOfTwoContrastsIsCountedOnce() throws InterruptedException {
        says(RULE);
        append(Runs.run(1, Outcome.FAILURE, BAD, FAILED));
        Trajectory run = append(Runs.run(2, Outcome.SUCCESS, BAD, FAILED, GOOD));

        Distillation distillation = distil(run);

        assertThat(only().support()).isEqualTo(2);
        assertThat(distillation.reason()).isEqualTo("recorded-pair, revision: 1 learnt");
    }

    @Test
    void whatIsKnownInOtherWordsGainsASourceAndEvidenceOfItsOwn() throws InterruptedException {
        knowsInOtherWords();
        bothSay(" yes");

        distilMerging();

        assertThat(only().constraint()).isEqualTo(SAME_RULE);
        assertThat(only().sources()).extracting(LearntConstraint.Source::task)
                .containsExactly(Runs.task(null).text(), "another task");
        assertThat(checked()).containsExactly(SAME_RULE.sentence(), SAME_RULE.sentence());
    }

    @Test
    void whatTheModelTakesForSomethingElseIsKeptBesideIt() throws InterruptedException {
        knowsInOtherWords();
        bothSay(" no");

        distilMerging();

        assertThat(memory.all()).extracting(LearntConstraint::constraint)
                .containsExactly(SAME_RULE, RULE);
    }

    @Test
    void aCandidateIsCheckedInItsOwnWordsWhereTheKnownOnesFail() throws InterruptedException {
        knowsInOtherWords();
        for (ScriptedLanguageModel model : List.of(weak, strong)) {
            model.scoring((prompt, text) -> text.equals(" yes")
                    ? 0
                    : prompt.toString().contains(ADVICE + SAME_RULE.sentence())
                            && text.contains("good") ? -100 : -9);
        }

        distilMerging();

        assertThat(memory.all()).extracting(LearntConstraint::constraint)
                .containsExactly(SAME_RULE, RULE);
        assertThat(checked()).containsExactly(SAME_RULE.sentence(), SAME_RULE.sentence(),
                RULE.sentence());
    }

    @Test
    void interruptedItLeavesTheRunPending() {
        says(RULE);
        Trajectory run = append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> distil(run)).isInstanceOf(InterruptedException.class);
        assertThat(log.pending()).containsExactly(run);
    }

    @Test
    void aParrotedExampleIsRejected() throws InterruptedException {
        says(new ContrastPrompts().examples().getFirst());

        Distillation distillation = distil(
                append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(memory.constraints()).isZero();
        assertThat(rejections()).contains("repeats an example of the prompt");
        assertThat(distillation.reason()).isEqualTo("revision: no candidate passed");
    }

    @Test
    void whatBothModelsOpposeIsRejected() throws InterruptedException {
        says(RULE);
        for (ScriptedLanguageModel model : List.of(weak, strong)) {
            model.scoring((prompt, run) -> prompt.toString().contains(ADVICE)
                    && run.contains("good") ? -100 : -1);
        }

        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(memory.constraints()).isZero();
        assertThat(rejections()).contains("both models see it as speaking for the other run");
    }

    @Test
    void aCandidateThatBreaksATaskAsNearAsItsOwnIsRejected() throws InterruptedException {
        distilWithControl("a control: walking a list, remove elements");

        assertThat(memory.constraints()).isZero();
        assertThat(rejections()).contains("breaks a task that worked without it");
    }

    @Test
    void aTaskThatACandidateWouldNotBeShownForIsNoControl() throws InterruptedException {
        distilWithControl("a control: print a calendar");

        assertThat(only().standing()).isEqualTo(Standing.VERIFIED);
        assertThat(only().evidence().replays()).allMatch(replay -> replay.controls() == 0);
    }

    /// The rule lets the weak model pass the run's task, and breaks another that it passed.
    private void distilWithControl(String task) throws InterruptedException {
        Trajectory control = append(Runs.run(Runs.task(task, new Verifier.Answer("7")), 0,
                Outcome.SUCCESS, GOOD));
        weak.when(prompt -> prompt.toString().contains("a control"),
                prompt -> prompt.toString().contains(ADVICE) ? "#### 6" : "#### 7")
                .whenAsked(ADVICE + RULE.sentence(), "#### 42").otherwise("#### 41");
        says(RULE);
        strong.whenAsked("a control", "#### 7").otherwise("#### 42");
        distil(control);

        distil(append(verified(Outcome.FAILURE)));
    }

    @Test
    void whatAReplayVerifiesIsKeptThoughBothModelsOpposeIt() throws InterruptedException {
        for (ScriptedLanguageModel model : List.of(weak, strong)) {
            model.scoring((prompt, run) -> prompt.toString().contains(ADVICE) ? -run.length() : -1);
        }
        weak.whenAsked(ADVICE + RULE.sentence(), "#### 42").otherwise("#### 41");
        says(RULE);
        strong.otherwise("#### 42");

        distil(append(verified(Outcome.FAILURE)));

        assertThat(only().standing()).isEqualTo(Standing.VERIFIED);
    }

    @Test
    void successThatItsTestsContradictTeachesNothing() throws InterruptedException {
        says(RULE);
        append(Runs.run(1, Outcome.FAILURE, BAD, FAILED));

        Distillation distillation = distil(append(Runs.run(2, Outcome.SUCCESS, GOOD, FAILED)));

        assertThat(memory.constraints()).isZero();
        assertThat(distillation.reason()).isEqualTo(
                "claims success, and what it saw last says the contrary: not contrasted");
    }

    @Test
    void failureThatItsTestsContradictTeachesNothing() throws InterruptedException {
        says(RULE);
        append(Runs.run(1, Outcome.SUCCESS, GOOD, PASSED));

        Distillation distillation = distil(append(Runs.run(2, Outcome.FAILURE, BAD, PASSED)));

        assertThat(memory.constraints()).isZero();
        assertThat(distillation.reason()).isEqualTo(
                "claims failure, and what it saw last says the contrary: not contrasted");
    }

    @Test
    void aContradictedRunIsNoPartnerOfALaterOne() throws InterruptedException {
        weak.otherwise("guess");
        says(RULE);
        strong.otherwise("guess");
        append(Runs.run(1, Outcome.FAILURE, BAD, PASSED));

        distil(append(Runs.run(2, Outcome.SUCCESS, GOOD, PASSED)));

        assertThat(kind()).isEqualTo(ContrastKind.RECORDED_AGAINST_LOCAL);
    }

    @Test
    void aVerifierTeachesWhateverTheRunClaims() throws InterruptedException {
        weak.whenAsked(ADVICE + RULE.sentence(), "#### 42").otherwise("#### 41");
        says(RULE);
        strong.otherwise("#### 42");

        Distillation distillation = distil(append(Runs.run(Runs.task(new Verifier.Answer("42")), 1,
                Outcome.SUCCESS, BAD, FAILED)));

        assertThat(kind()).isEqualTo(ContrastKind.LOCAL_PAIR);
        assertThat(distillation.reason()).isEqualTo("claims success, and what it saw last says the"
                + " contrary: local-pair: 1 learnt");
    }

    @Test
    void aRuleThatARunHadReadWasTold() throws InterruptedException {
        says(RULE);

        distil(append(Runs.run(1, Outcome.SUCCESS, BAD,
                Step.observation("1 failed\nelements removed"
                        + " while walking want a copy of the keys, never change the walked collection"),
                GOOD)));

        assertThat(kind()).isEqualTo(ContrastKind.TOLD);
    }

    @Test
    void aRuleThatARunHadRecalledDoesNotBearItselfOut() throws InterruptedException {
        says(RULE);
        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        distil(append(Trajectory.of(Runs.task("another task", null), Outcome.SUCCESS,
                List.of(BAD, FAILED, GOOD),
                new Trajectory.Report("", "", List.of(only().id())), Instant.EPOCH)));

        assertThat(only().sources()).extracting(LearntConstraint.Source::kind)
                .containsExactly(ContrastKind.REVISION, ContrastKind.TOLD);
        assertThat(only().standing()).isEqualTo(Standing.CANDIDATE);
    }

    @Test
    void overTheCapNothingNewIsLearnt() throws InterruptedException {
        says(RULE);
        fill(NOW);

        Distillation distillation = distil(
                append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(memory.constraints()).isEqualTo(RateCap.DAILY.most());
        assertThat(distillation.learnt()).isEmpty();
        assertThat(distillation.reason()).isEqualTo("revision: 0 learnt, 1 not: over 24 new ones"
                + " of this project and category in a day");
    }

    @Test
    void overTheCapWhatIsKnownGainsASource() throws InterruptedException {
        says(RULE);
        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));
        fill(NOW);

        distil(append(Runs.run(Runs.task("another task", null), 2, Outcome.SUCCESS, BAD, FAILED,
                GOOD)));

        assertThat(memory.all().getFirst().support()).isEqualTo(2);
    }

    @Test
    void theCapIsOfOneDay() throws InterruptedException {
        says(RULE);
        fill(NOW.minus(Duration.ofHours(25)));

        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(memory.constraints()).isEqualTo(RateCap.DAILY.most() + 1);
    }

    @Test
    void aClockThatWentBackLocksNothing() throws InterruptedException {
        says(RULE);
        fill(NOW.plus(Duration.ofDays(365)));

        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));

        assertThat(memory.constraints()).isEqualTo(RateCap.DAILY.most() + 1);
    }

    /// Lets the project have learnt as much as the cap allows.
    private void fill(Instant learntAt) {
        var source = new LearntConstraint.Source(ContrastKind.REVISION, "other", List.of("t-0"),
                "tiny", "small");
        var scope = new LearntConstraint.Scope(Runs.task(null).project(),
                new TaskCategory("code", "collections"));
        while (memory.learntSince(scope.project(), scope.category(), Instant.MIN) < RateCap.DAILY
                .most()) {
            var rule = new Constraint("a job of kind " + memory.constraints(), "one", "other");
            memory.learn(LearntConstraint.of(rule, scope, source, Evidence.NONE, learntAt));
        }
    }

    /// Lets the strong model draw the rule from whatever it is shown.
    /// Scripts a general rule; what separates the runs is said in too few words for one about the same
    /// things.
    private void says(Constraint rule) {
        strong.when(after("When"), " " + rule.when())
                .when(after(", enforce"), " " + rule.enforce())
                .when(after("; avoid"), " " + rule.avoid())
                .when(prompt -> !prompt.answerPrefix().isEmpty(), " changed it.");
    }

    private void saysOfTheSameThings(Constraint rule) {
        strong.when(after("When working on"), rule.when().substring("working on".length()))
                .when(after("worked by"), " " + rule.enforce())
                .when(after("failed by"), " " + rule.avoid());
    }

    private static Predicate<Prompt> after(String end) {
        return prompt -> prompt.answerPrefix().endsWith(end);
    }

    private static Trajectory verified(Outcome outcome) {
        Task task = Runs.task(new Verifier.Answer("42"));
        return Runs.run(task, 1, outcome, BAD);
    }

    private Trajectory append(Trajectory run) {
        log.append(run);
        return run;
    }

    private Distillation distil(Trajectory run) throws InterruptedException {
        return distiller.distil(run, new ModelPair(weak, strong));
    }

    /// Lets the rule be known in other words than a second run is going to teach it.
    private void knowsInOtherWords() throws InterruptedException {
        says(SAME_RULE);
        distil(append(Runs.run(1, Outcome.SUCCESS, BAD, FAILED, GOOD)));
        strong.forget();
        says(RULE);
    }

    /// Distils a second run, the strong model being asked about whatever is near.
    private void distilMerging() throws InterruptedException {
        Trajectory run = append(Runs.run(Runs.task("another task", null), 2, Outcome.SUCCESS,
                BAD, FAILED, GOOD));
        var weights = new Sameness.Weights(Logistic.of(-5.0, 2.0, 2.0, 2.0, -2.0), 0.5,
                Logistic.of(0.0, 1.0, 0.0), 0.9);
        distiller(new MergeSearch(memory, () -> Optional.of(TOPICS), weights)).distil(run,
                new ModelPair(weak, strong));
    }

    /// Lets both models find one answer likelier than anything else.
    private void bothSay(String answer) {
        for (ScriptedLanguageModel model : List.of(weak, strong)) {
            model.scoring((_, text) -> text.equals(answer) ? 0 : -9);
        }
    }

    private List<String> checked() {
        return events.stream().filter(DistillerEvent.Checked.class::isInstance)
                .map(DistillerEvent.Checked.class::cast).map(DistillerEvent.Checked::sentence)
                .toList();
    }

    private LearntConstraint only() {
        assertThat(memory.all()).hasSize(1);
        return memory.all().getFirst();
    }

    private ContrastKind kind() {
        return only().sources().getFirst().kind();
    }

    private List<String> rejections() {
        return events.stream().filter(DistillerEvent.Rejected.class::isInstance)
                .map(DistillerEvent.Rejected.class::cast).map(DistillerEvent.Rejected::rule)
                .toList();
    }
}
