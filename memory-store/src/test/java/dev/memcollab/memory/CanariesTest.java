package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.memory.Canaries.Canary;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Secrets that were made up, to be found nowhere; and values that look like them, to be left alone.
class CanariesTest {
    private static final int CANARIES = 500;
    private static final int KINDS = 20;
    private static final int MOST_CHANGED = CANARIES / 100;
    private static final String PLAIN = "plainword%03dx";

    @TempDir
    private Path home;

    static LongStream seeds() {
        return LongStream.of(1, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofFiveHundredCanariesNoneIsInAnyFileOfTheHome(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var canaries = new Canaries(random);
        var planted = new ArrayList<Canary>();
        try (var store = MemoryStore.open(home, 200_000)) {
            for (int i = 0; i < CANARIES; i++) {
                Canary canary = canaries.next(i);
                planted.add(canary);
                plant(store, i, Surroundings.around(canary.text(), random), random);
            }
            assertThat(Samples.found(store, "list")).isNotEmpty();
            store.backup();
        }

        assertThat(planted).extracting(Canary::kind).satisfies(
                kinds -> assertThat(Set.copyOf(kinds)).hasSizeGreaterThanOrEqualTo(KINDS));
        String all = RawBytes.in(home).all().toLowerCase(Locale.ROOT); // as words of an index are
        assertThat(planted).filteredOn(canary -> isIn(all, canary)).isEmpty();
        for (int i = 0; i < CANARIES; i++) {
            assertThat(all).contains(PLAIN.formatted(i));
        }
        assertThat(Samples.filesWith(home, "plainword"))
                .map(file -> home.relativize(file).getName(0).toString().replaceAll("-v\\d+$", ""))
                .contains("journal", "index", "checkpoint", "backups");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void atMostOneInAHundredInnocentValuesIsChanged(long seed) {
        var random = new SplittableRandom(seed);
        var canaries = new Canaries(random);
        var redaction = new Redaction();
        var changed = new ArrayList<String>();
        for (int i = 0; i < CANARIES; i++) {
            String text = Surroundings.around(canaries.innocent(i), random);
            if (!redaction.redact(text).equals(text)) {
                changed.add(text);
            }
        }

        assertThat(changed).hasSizeLessThanOrEqualTo(MOST_CHANGED);
    }

    /// Puts the text in one place of a run, and beside it a word that a scan must find.
    private static void plant(MemoryStore store, int number, String text, RandomGenerator random) {
        String plain = PLAIN.formatted(number) + " sort the list";
        Trajectory run = run(random.nextInt(10), plain, plain + "\n" + text);
        store.append(run);
        store.tried(new Trial(run.id(), Trial.State.FAILED, number % 4 == 1 ? text : "no model"));
        if (random.nextInt(4) == 0) {
            store.distilled(new Distillation(run.id(), List.of(), text));
        }
        if (run.task().text().contains(text.strip()) || random.nextInt(4) == 0) {
            store.learn(Samples.learnt(new Constraint("sorting a list " + number,
                    "a check beforehand", "hoping for the best"), plain + " " + text));
        }
    }

    private static Trajectory run(int place, String plain, String text) {
        var task = new Task(place == 0 ? text : plain, place == 1 ? text : null,
                new Project(place == 2 ? text : "shop"), null,
                switch (place) {
                    case 3 -> new Verifier.Answer(text);
                    case 4 -> new Verifier.Tests(text);
                    default -> null;
                });
        List<Step> steps = List.of(Step.thought(place == 5 ? text : plain),
                Step.action(place == 6 ? text : plain),
                Step.observation(place == 7 ? text : plain));
        var report = new Trajectory.Report(place == 8 ? text : "", place == 9 ? text : "",
                List.of());
        return Trajectory.of(task, Outcome.FAILURE, steps, report, Samples.NOW);
    }

    private static boolean isIn(String all, Canary canary) {
        return canary.marks().stream()
                .anyMatch(mark -> all.contains(mark.toLowerCase(Locale.ROOT)));
    }
}
