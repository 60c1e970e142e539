package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.Standing;
import dev.memcollab.distill.Distiller;
import dev.memcollab.experiment.Learning.Lesson;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.OverheardLanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.InMemoryTrajectoryLog;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import dev.memcollab.verify.TaskVerifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final Constraint RULE = new Constraint(
            "a collection is changed while it is walked",
            "collecting the changes first", "changing it inside the loop");

    private final InMemoryTrajectoryLog log = new InMemoryTrajectoryLog();
    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();
    private final ScriptedLanguageModel weak = new ScriptedLanguageModel("tiny");
    private final ScriptedLanguageModel strong = new ScriptedLanguageModel("small");
    private final List<String> told = new ArrayList<>();
    private Constraint said = RULE;

    @BeforeEach
    void theModelsDoAsTheyAreTold() {
        weak.scoring((_, _) -> -1).whenAsked(RULE.sentence(), "#### 42")
                .whenAsked("easy", "#### 42").whenAsked("odd", "#### 42").otherwise("#### 41");
        theStrongOneDistils();
        strong.whenAsked("hard", "#### 40").whenAsked("odd", "#### 40").otherwise("#### 42");
    }

    private void theStrongOneDistils() {
        strong.scoring((_, _) -> -1)
                .when(prompt -> prompt.answerPrefix().endsWith("When"), _ -> " " + said.when())
                .when(prompt -> prompt.answerPrefix().endsWith(", enforce"),
                        _ -> " " + said.enforce())
                .when(prompt -> prompt.answerPrefix().endsWith("; avoid"), _ -> " " + said.avoid())
                .when(prompt -> !prompt.answerPrefix().isEmpty(), " changed it.");
    }

    @Test
    void theFourCellsAreToldApart() throws InterruptedException {
        List<Lesson> lessons = learn("an easy sum", "a middling sum", "a hard sum");

        assertThat(lessons).extracting(Lesson::cell).containsExactly(Cell.BOTH, Cell.ONLY_STRONG,
                Cell.NEITHER);
        assertThat(Lessons.table(lessons)).isEqualToNormalizingNewlines(
                "sums: both 1, only weak 0, only strong 1, strong when drawn 0, neither 1, 1 constraints\n");
    }

    @Test
    void whereOneAloneWasRightItsDifferenceIsLearntAndReplayed() throws InterruptedException {
        List<Lesson> lessons = learn("a middling sum");

        assertThat(memory.all()).singleElement().satisfies(learnt -> {
            assertThat(learnt.constraint()).isEqualTo(RULE);
            assertThat(learnt.standing()).isEqualTo(Standing.VERIFIED);
            assertThat(lessons.getFirst().learnt()).containsExactly(learnt.id());
            assertThat(log.trajectory(learnt.sources().getFirst().trajectories().getFirst()))
                    .hasValueSatisfying(run -> {
                        assertThat(run.agent()).isEqualTo("small");
                        assertThat(run.outcome()).isEqualTo(Outcome.SUCCESS);
                    });
        });
    }

    @Test
    void whereBothWereRightOrBothWereWrongNothingIsEnforced() throws InterruptedException {
        learn("an easy sum", "a hard sum");

        assertThat(memory.constraints()).isZero();
    }

    @Test
    void whereADrawnAnswerIsRightItIsContrastedWithTheWeakOnes() throws InterruptedException {
        Iterator<String> lucky = List.of("#### 40", "#### 39", "#### 42").iterator();
        strong.forget().when(prompt -> prompt.answerPrefix().isEmpty(),
                _ -> lucky.hasNext() ? lucky.next() : "#### 42");
        theStrongOneDistils();

        List<Lesson> lessons = learn("a hard sum");

        assertThat(lessons).extracting(Lesson::cell).containsExactly(Cell.STRONG_WHEN_DRAWN);
        assertThat(memory.all()).singleElement()
                .satisfies(learnt -> assertThat(learnt.constraint()).isEqualTo(RULE));
    }

    @Test
    void whereBothWereWrongTheSolutionOfTheTaskIsTheRunThatWorked() throws InterruptedException {
        List<Lesson> lessons = learn(Method.MEMCOLLAB, List.of(task("a hard sum", "#### 42")));

        assertThat(lessons).extracting(Lesson::cell).containsExactly(Cell.NEITHER);
        assertThat(memory.all()).singleElement()
                .satisfies(learnt -> assertThat(
                        log.trajectory(learnt.sources().getFirst().trajectories().getFirst()))
                        .hasValueSatisfying(run -> {
                            assertThat(run.agent()).isEqualTo("solution");
                            assertThat(run.outcome()).isEqualTo(Outcome.SUCCESS);
                        }));
    }

    @Test
    void aSolutionThatDoesNotPassIsNamedAndNotLearntFrom() throws InterruptedException {
        learn(Method.MEMCOLLAB, List.of(task("a hard sum", "#### 43")));

        assertThat(memory.constraints()).isZero();
        assertThat(told.getFirst()).contains("a hard sum: its solution does not pass")
                .contains("43");
    }

    @Test
    void calledAgainItGoesOnWhereItWas() throws InterruptedException {
        List<Lesson> first = learn("a middling sum");
        int asked = strong.prompts().size();

        List<Lesson> second = learn("a middling sum", "an odd sum");

        assertThat(second.getFirst().learnt()).isEqualTo(first.getFirst().learnt());
        assertThat(strong.prompts().subList(asked, strong.prompts().size()))
                .filteredOn(prompt -> !prompt.answerPrefix().isEmpty()).isNotEmpty()
                .noneMatch(prompt -> prompt.toString().contains("middling"));
        assertThat(memory.all().getFirst().support()).isEqualTo(2);
    }

    @Test
    void progressSaysHowFarItIsAndWhatWasFound() throws InterruptedException {
        learn("an easy sum", "a middling sum");

        assertThat(told).hasSize(2);
        assertThat(told.getLast()).startsWith("2 of 2").contains("only strong passed", "1 learnt");
    }

    @Test
    void uncheckedWhatTheFilterLetsPassIsBelieved() throws InterruptedException {
        learn(Method.UNCHECKED, "a middling sum");

        assertThat(memory.all()).singleElement().satisfies(learnt -> {
            assertThat(learnt.standing()).isEqualTo(Standing.CANDIDATE);
            assertThat(learnt.evidence()).isEqualTo(Evidence.NONE);
        });
    }

    @Test
    void theMarginIsTakenOnlyWhereNothingIsReplayed() throws InterruptedException {
        learn("a middling sum");

        assertThat(evidence()).satisfies(evidence -> {
            assertThat(evidence.replays()).isNotEmpty();
            assertThat(evidence.margins()).isEmpty();
        });
    }

    @Test
    void theMarginCanBeAskedAlone() throws InterruptedException {
        learn(Method.MARGIN_ONLY, "a middling sum");

        assertThat(evidence()).satisfies(evidence -> {
            assertThat(evidence.replays()).isEmpty();
            assertThat(evidence.margins()).hasSize(2);
        });
    }

    @Test
    void theMarginCanBeAskedBesideReplay() throws InterruptedException {
        learn(Method.REPLAY_AND_MARGIN, "a middling sum");

        assertThat(evidence()).satisfies(evidence -> {
            assertThat(evidence.replays()).isNotEmpty();
            assertThat(evidence.margins()).hasSize(2);
        });
    }

    private Evidence evidence() {
        return memory.all().getFirst().evidence();
    }

    @Test
    void unfilteredTheFormIsEnough() throws InterruptedException {
        said = new Constraint("numbers are added", "a carry", "your own way");

        learn("a middling sum");
        assertThat(memory.constraints()).isZero();

        learn(Method.UNFILTERED, "another middling sum");
        assertThat(memory.all()).extracting(LearntConstraint::constraint).contains(said);
    }

    @Test
    void ofOneModelsRunsEachIsReadByItself() throws InterruptedException {
        learn(Method.STRONG_RUNS, "an easy sum");

        assertThat(memory.all()).singleElement()
                .satisfies(learnt -> assertThat(learnt.sources().getFirst().kind())
                        .isEqualTo(ContrastKind.SINGLE_RUN));
        assertThat(strong.prompts()).anyMatch(prompt -> prompt.toString()
                .contains("An attempt, which worked"));
        assertThat(weak.prompts()).isEmpty();
    }

    @Test
    void theSecondSampleIsDrawnWhereTheFirstIsGreedy() throws InterruptedException {
        var heard = new OverheardLanguageModel(strong);
        ModelPair samples = Method.STRONG_SAMPLES.solvers(weak, heard);

        samples.weak().generate(Prompt.of("", "an easy sum"), Decoding.greedy(9));
        samples.strong().generate(Prompt.of("", "an easy sum"), Decoding.greedy(9));

        assertThat(heard.decodings()).containsExactly(Decoding.sampled(9, 0.7f, 42),
                Decoding.greedy(9));
        assertThat(samples.weak().name()).isNotEqualTo(samples.strong().name());
    }

    @Test
    void aMethodThatThereIsNotIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Method.parse("magic"))
                .withMessage(
                        "method must be one of memcollab, unchecked, margin-only, replay-and-margin,"
                                + " unfiltered, weak-runs, strong-runs, weak-samples, strong-samples,"
                                + " got magic");
    }

    private List<Lesson> learn(String... texts) throws InterruptedException {
        return learn(Method.MEMCOLLAB, texts);
    }

    private List<Lesson> learn(Method method, String... texts) throws InterruptedException {
        return learn(method, List.of(texts).stream().map(text -> task(text, null)).toList());
    }

    private List<Lesson> learn(Method method, List<BenchmarkTask> tasks)
            throws InterruptedException {
        var solver = new Solver(TaskVerifier.withoutCode());
        var distiller = new Distiller(log, memory, solver,
                Reach.byWords(TaskClassifier.withOwnTaxonomy()),
                MergeSearch.none(memory), method.policy(1),
                Clock.systemUTC(), _ -> {
                });
        return new Learning(log, Clock.systemUTC(), method.solvers(weak, strong), distiller,
                told::add).learn(tasks);
    }

    private static BenchmarkTask task(String text, @Nullable String solution) {
        return new BenchmarkTask(text, "sums", new Task(text, text, new Project("experiment"), null,
                new Verifier.Answer("42")), solution);
    }
}
