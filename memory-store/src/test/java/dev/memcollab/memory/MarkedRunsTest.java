package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.memory.Forgettable.OneRun;
import dev.memcollab.memory.Forgettable.WholeProject;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs with a mark in each of their texts, so that a scan of all bytes tells whether one is left.
class MarkedRunsTest {
    private static final Pattern MARK = Pattern.compile("mark[0-9]{3}x");
    private static final Project MARKED = new Project("secret plans");
    private static final int RUNS = 500;
    private static final int ONE_BY_ONE = 40;

    @TempDir
    private Path directory;

    @Test
    void ofFiveHundredMarkedRunsNoneIsLeftAfterForgettingThem() throws IOException {
        try (var store = MemoryStore.open(directory, 100_000);
                var other = MemoryStore.open(directory, 100_000)) {
            List<Trajectory> marked = fill(store);
            store.backup();
            assertThat(Samples.found(other, "list")).isNotEmpty();
            assertThat(marks()).hasSize(RUNS);

            for (Trajectory run : marked.subList(0, ONE_BY_ONE)) {
                store.forget(new OneRun(run.id()));
            }
            assertThat(marks()).hasSize(RUNS - ONE_BY_ONE);
            other.forget(new WholeProject(MARKED));

            assertThat(marks()).isEmpty();
            assertThat(store.trajectories()).isEqualTo(RUNS);
            assertThat(store.constraints()).isEqualTo(1);
        }
        assertThat(marks()).isEmpty();
    }

    private static List<Trajectory> fill(MemoryStore store) {
        var marked = new ArrayList<Trajectory>();
        for (int i = 0; i < RUNS; i++) {
            String mark = "mark%03dx".formatted(i);
            Trajectory run = Samples.run(MARKED, "sort the " + mark, "by " + mark);
            store.append(run);
            store.learn(Samples.learntFrom(run, "a list of %s is sorted".formatted(mark)));
            store.tried(Trial.failed(run.id(), "no luck with " + mark));
            if (i % 2 == 0) {
                store.distilled(new Distillation(run.id(), List.of(), "nothing of " + mark));
            }
            marked.add(run);
            store.append(Samples.run("unmarked " + i));
        }
        store.learn(Samples.learntFrom(Samples.run("unmarked 0"), "a list is sorted"));
        return marked;
    }

    private Set<String> marks() throws IOException {
        return RawBytes.in(directory).matches(MARK);
    }
}
