package dev.memcollab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.DistillerLock;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.InMemoryTrajectoryLog;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import dev.memcollab.verify.TaskVerifier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundDistillerTest {
    private static final String TASK = "Write a report of the week.";

    @TempDir
    private Path directory;

    private final TrajectoryLog log = new InMemoryTrajectoryLog();
    private final ConstraintMemory memory = new InMemoryConstraintMemory();
    private final TickingClock clock = new TickingClock();
    private final Activity activity = new Activity(clock);
    private final ScriptedLanguageModel weak = new ScriptedLanguageModel("tiny");
    private final ScriptedLanguageModel strong = new ScriptedLanguageModel("small");
    private final List<BackgroundDistiller> started = new ArrayList<>();

    @AfterEach
    void everyDistillerStops() {
        started.forEach(BackgroundDistiller::close);
    }

    private BackgroundDistiller start(Supplier<ModelPair> models, Activity said) {
        var classifier = TaskClassifier.withOwnTaxonomy();
        var distiller = new Distiller(log, memory, new Solver(TaskVerifier.withoutCode()),
                Reach.byWords(classifier), MergeSearch.none(memory), Distiller.Policy.BACKGROUND,
                Clock.systemUTC(),
                event -> said.say(Narration.of(event)));
        var background = new BackgroundDistiller(log, distiller, new ModelShelf(models, clock),
                () -> DistillerLock.tryAcquire(directory), said, clock);
        started.add(background);
        background.start();
        return background;
    }

    private BackgroundDistiller start() {
        return start(() -> new ModelPair(weak, strong), activity);
    }

    /// A run of its own second.
    private Trajectory run(Outcome outcome, String action) {
        clock.advance(Duration.ofSeconds(1));
        return Trajectory.of(Task.of(TASK, new Project("shop")), outcome,
                List.of(Step.action(action)), Trajectory.Report.NONE,
                clock.instant());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private String reason(Trajectory run) {
        return log.distillation(run.id()).orElseThrow().reason();
    }

    private void strongModelStatesARule() {
        strong.when(prompt -> prompt.answerPrefix().equals("When"),
                " several values become one text")
                .when(prompt -> prompt.answerPrefix().endsWith("enforce"),
                        " keeping the order in which they came")
                .when(prompt -> prompt.answerPrefix().endsWith("avoid"), " sorting them first")
                .otherwise(" changed the order of what it was given");
    }

    @Test
    void whatWaitedBeforeTheStartIsDistilled() throws Exception {
        Trajectory failed = run(Outcome.FAILURE, "sort and join");
        Trajectory worked = run(Outcome.SUCCESS, "join as they come");
        log.append(failed);
        log.append(worked);
        strongModelStatesARule();

        start();
        await(() -> log.pending().isEmpty());

        assertThat(reason(failed)).isEqualTo("waits for a run of this task that worked");
        assertThat(reason(worked)).isEqualTo("recorded-pair: 1 learnt");
        assertThat(memory.all()).singleElement()
                .satisfies(learnt -> assertThat(learnt.constraint().sentence()).isEqualTo(
                        "When several values become one text, enforce keeping the order in which"
                                + " they came; avoid sorting them first."));
        assertThat(activity.recent()).extracting(Activity.Entry::text)
                .anyMatch(text -> text.startsWith("learnt c-"));
    }

    @Test
    void aRunThatComesLaterIsDistilledWhenTheDistillerIsWoken() throws Exception {
        BackgroundDistiller distiller = start();
        await(() -> activity.state().equals("idle"));
        Trajectory failed = run(Outcome.FAILURE, "sort and join");

        log.append(failed);
        distiller.wake();
        await(() -> log.pending().isEmpty());

        assertThat(reason(failed)).isEqualTo("waits for a run of this task that worked");
        assertThat(distiller.lastTook()).isPresent();
    }

    @Test
    void aRunThatFailsThreeTimesIsSetAsideAndTheNextGoesOn() throws Exception {
        Trajectory bad = run(Outcome.SUCCESS, "join as they come");
        log.append(bad);
        weak.when(prompt -> true, _ -> {
            throw new IllegalStateException("no luck");
        });

        start();
        await(() -> log.pending().isEmpty());

        assertThat(reason(bad)).isEqualTo("set aside after 3 failures: no luck");
        assertThat(activity.recent()).extracting(Activity.Entry::text)
                .filteredOn(text -> text.endsWith("failed: no luck")).hasSize(3);
    }

    @Test
    void aRunThatEndedItsProcessThreeTimesIsSetAsideUntried() throws Exception {
        Trajectory deadly = run(Outcome.SUCCESS, "join as they come");
        log.append(deadly);
        for (int i = 0; i < 3; i++) {
            log.tried(Trial.begun(deadly.id()));
        }

        start();
        await(() -> log.pending().isEmpty());

        assertThat(reason(deadly)).isEqualTo("set aside after 3 failures: its process died");
        assertThat(weak.prompts()).isEmpty();
    }

    @Test
    void theNewestRunComesFirst() throws Exception {
        Trajectory older = run(Outcome.FAILURE, "sort and join");
        Trajectory newer = run(Outcome.FAILURE, "sort backwards and join");
        log.append(older);
        log.append(newer);

        start();
        await(() -> log.pending().isEmpty());

        assertThat(activity.recent()).extracting(Activity.Entry::text)
                .filteredOn(text -> text.startsWith("run t-"))
                .satisfiesExactly(first -> assertThat(first).contains(newer.id()),
                        second -> assertThat(second).contains(older.id()));
    }

    @Test
    void stoppingIsNoFailureOfTheRun() throws Exception {
        Trajectory worked = run(Outcome.SUCCESS, "join as they come");
        log.append(worked);
        weak.when(prompt -> true, _ -> {
            Thread.currentThread().interrupt();
            return "a plan";
        });

        start();
        await(() -> !weak.prompts().isEmpty());
        started.getLast().close();

        assertThat(log.failures(worked.id()).count()).isZero();
    }

    @Test
    void withoutModelsARunWaitsAndTheStateSaysWhatGetsThem() throws Exception {
        log.append(run(Outcome.FAILURE, "sort and join"));

        start(() -> {
            throw new ModelFailedException("no model tiny: run memcollab models pull tiny");
        }, activity);
        await(() -> activity.state().startsWith("waits"));

        assertThat(activity.state())
                .isEqualTo("waits: no model tiny: run memcollab models pull tiny");
        assertThat(log.pending()).hasSize(1);
    }

    @Test
    void modelsWithoutWorkForFiveMinutesAreDropped() throws Exception {
        var closed = new ScriptedLanguageModel("other");
        log.append(run(Outcome.FAILURE, "sort and join"));
        start(() -> new ModelPair(weak, closed), activity);
        await(() -> activity.state().equals("idle") && log.pending().isEmpty());
        assertThat(closed.name()).isEqualTo("other");

        clock.advance(Duration.ofMinutes(5));

        await(() -> isClosed(weak) && isClosed(closed));
    }

    @Test
    void aRunThatTakesLongDoesNotCountAsIdleTime() throws Exception {
        log.append(run(Outcome.SUCCESS, "join as they come"));
        weak.when(prompt -> true, _ -> {
            clock.advance(Duration.ofMinutes(10));
            throw new ModelFailedException("no luck");
        });

        start();
        await(() -> activity.state().equals("waits: no luck"));
        log.pending().forEach(waiting -> log.distilled(Distillation.setAside(waiting.id(),
                log.failures(waiting.id()))));
        started.getLast().wake();
        await(() -> activity.state().equals("idle"));

        assertThat(isClosed(weak)).isFalse();
        clock.advance(Duration.ofMinutes(5));
        await(() -> isClosed(weak) && isClosed(strong));
    }

    private static boolean isClosed(ScriptedLanguageModel model) {
        try {
            return model.name().isEmpty();
        } catch (IllegalStateException _) {
            return true;
        }
    }

    @Test
    void ofTwoOnOneStoreOneDistilsAndTheOtherFollowsIt() throws Exception {
        var others = new Activity(clock);
        Trajectory first = run(Outcome.FAILURE, "sort and join");
        log.append(first);
        BackgroundDistiller one = start();
        await(() -> log.pending().isEmpty());
        start(() -> new ModelPair(new ScriptedLanguageModel("third"), strong), others);
        Trajectory second = run(Outcome.FAILURE, "sort backwards and join");

        log.append(second);
        one.wake();
        await(() -> log.pending().isEmpty());
        assertThat(others.recent()).isEmpty();
        one.close();
        Trajectory third = run(Outcome.FAILURE, "join twice");
        log.append(third);
        await(() -> log.pending().isEmpty());

        assertThat(activity.recent()).extracting(Activity.Entry::text)
                .noneMatch(text -> text.contains(third.id()));
        assertThat(others.recent()).extracting(Activity.Entry::text)
                .anyMatch(text -> text.contains(third.id()));
    }

    @Test
    void whatIsUnderWayWhenTheServerStopsStaysPending() throws Exception {
        Trajectory worked = run(Outcome.SUCCESS, "join as they come");
        log.append(worked);
        weak.when(prompt -> true, _ -> {
            Thread.currentThread().interrupt();
            return "a plan";
        });

        BackgroundDistiller distiller = start();
        await(() -> !weak.prompts().isEmpty());
        distiller.close();

        assertThat(log.pending()).containsExactly(worked);
        assertThat(isClosed(strong)).isTrue();
    }
}
