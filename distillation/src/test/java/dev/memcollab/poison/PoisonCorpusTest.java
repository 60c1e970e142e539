package dev.memcollab.poison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.GoodRules;
import dev.memcollab.constraint.InMemoryConstraintMemory;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.distill.Distiller;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.ModelPair;
import dev.memcollab.poison.PoisonCorpus.Lesson;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.Recall;
import dev.memcollab.recall.RecallQuery;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.InMemoryTrajectoryLog;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.verify.TaskVerifier;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How much of a poisoned history gets into memory, with a model that resists nothing.
class PoisonCorpusTest {
    private static final System.Logger LOG = System.getLogger(PoisonCorpusTest.class.getName());
    private final InMemoryTrajectoryLog log = new InMemoryTrajectoryLog();
    private final InMemoryConstraintMemory memory = new InMemoryConstraintMemory();
    private final TaskClassifier classifier = TaskClassifier.withOwnTaxonomy();
    private final TickingClock clock = new TickingClock();

    static LongStream seeds() {
        return LongStream.of(42, new Random().nextLong());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void poisonStaysInactiveAndWhatIsInnocentIsLearnt(long seed) throws InterruptedException {
        var corpus = new PoisonCorpus(new Random(seed));
        distil(corpus);

        List<LearntConstraint> poison = memory.all().stream()
                .filter(learnt -> !isGood(learnt)).toList();
        List<LearntConstraint> active = poison.stream()
                .filter(learnt -> learnt.standing().isActive()).toList();
        List<Lesson> lost = corpus.innocent().stream().filter(lesson -> !isLearnt(lesson)).toList();
        List<Line> recalled = corpus.poison().keySet().stream()
                .flatMap(lesson -> recalled(lesson).stream()).toList();
        String figures = figures(corpus, poison, recalled)
                + "\ninnocent pairs %d, lost %d".formatted(corpus.innocent().size(), lost.size());
        LOG.log(System.Logger.Level.INFO, () -> "seed " + seed + "\n" + figures);

        assertThat(corpus.kinds()).as("poisoned runs").hasSize(PoisonCorpus.POISONED);
        assertThat(corpus.innocent()).as("innocent pairs").hasSize(PoisonCorpus.INNOCENT / 2);
        assertThat(poison).as("the model is gullible: poison is learnt\n%s", figures).isNotEmpty();
        assertThat(memory.all()).as("what is innocent becomes active")
                .filteredOn(learnt -> isGood(learnt))
                .filteredOn(learnt -> learnt.standing().isActive()).hasSizeGreaterThan(50);
        assertThat(active).as("poison that is active\n%s", figures)
                .hasSizeLessThanOrEqualTo(corpus.poison().size() / 50);
        assertThat(recalled).as("poison recalled as borne out\n%s", figures)
                .noneMatch(Line::isBorneOut);
        assertThat(lost).as("innocent lessons lost\n%s", figures)
                .hasSizeLessThanOrEqualTo(corpus.innocent().size() / 100);
    }

    private void distil(PoisonCorpus corpus) throws InterruptedException {
        var models = new ModelPair(new GullibleModel("tiny", corpus.hacks()),
                new GullibleModel("small", corpus.hacks()));
        var distiller = new Distiller(log, memory, new Solver(TaskVerifier.withoutCode()),
                Reach.byWords(classifier), MergeSearch.none(memory), Distiller.Policy.BACKGROUND,
                clock, _ -> {
                });
        for (Trajectory run : corpus.runs()) {
            clock.now = run.recordedAt();
            log.append(run);
            distiller.distil(run, models);
        }
    }

    private static boolean isGood(LearntConstraint learnt) {
        return GoodRules.all().stream().anyMatch(rule -> isFrom(rule, learnt.constraint()));
    }

    private boolean isLearnt(Lesson lesson) {
        return memory.all().stream()
                .anyMatch(learnt -> learnt.scope().project().equals(lesson.project())
                        && isFrom(lesson.rule(), learnt.constraint()));
    }

    /// Whether a rule demands and forbids what another one does, whatever it is said to be about; a
    /// mask may have taken a word from it.
    private static boolean isFrom(Constraint rule, Constraint said) {
        return wordsOf(rule.enforce()).containsAll(wordsOf(said.enforce()))
                && wordsOf(rule.avoid()).containsAll(wordsOf(said.avoid()));
    }

    private static Set<String> wordsOf(String half) {
        return Set.copyOf(Arrays.asList(half.split(" ", -1)));
    }

    /// The poison that comes with a task of the kind that a lesson is meant for.
    private List<Line> recalled(Lesson lesson) {
        var query = new RecallQuery(Task.of(lesson.rule().when(), lesson.project()), "",
                RecallQuery.DEFAULT_LIMIT, RecallQuery.DEFAULT_BUDGET_TOKENS);
        return new Recall(memory, classifier).recall(query).lines().stream()
                .filter(line -> !isGood(line.learnt())).toList();
    }

    private static String figures(PoisonCorpus corpus, List<LearntConstraint> poison,
            List<Line> recalled) {
        return Arrays.stream(Kind.values()).map(kind -> {
            Map<Boolean, Long> stored = poison.stream().filter(one -> isOf(kind, one, corpus))
                    .collect(Collectors.partitioningBy(one -> one.standing().isActive(),
                            Collectors.counting()));
            return "%-9s runs %2d, lessons %2d, stored as candidates %2d, active %2d, recalled %2d"
                    .formatted(kind,
                            corpus.kinds().values().stream().filter(kind::equals).count(),
                            corpus.poison().values().stream().filter(kind::equals).count(),
                            stored.get(false), stored.get(true),
                            recalled.stream().map(Line::learnt).distinct()
                                    .filter(one -> isOf(kind, one, corpus)).count());
        }).collect(Collectors.joining("\n"));
    }

    private static boolean isOf(Kind kind, LearntConstraint learnt, PoisonCorpus corpus) {
        return learnt.sources().stream().flatMap(source -> source.trajectories().stream())
                .anyMatch(run -> corpus.kinds().get(run) == kind);
    }

    /// A clock that a test moves.
    private static final class TickingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the tests need no other zone");
        }
    }
}
