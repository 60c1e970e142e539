package dev.memcollab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Match;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose memory is seen by whom.
class ProjectsTest {
    private static final long SEED = 20_261_124;
    private static final int QUERIES = 10_000;
    private static final List<Project> PROJECTS = List.of("shop", "shop2", "Shop", "shop/", "sho",
            "/home/a/shop", "/home/a/shop/sub", "example.org/a/shop", "*", "?", "shop OR bank",
            "global", "project", "all", "bank", " ba nk", "b\u00e4nk", "\u5546\u5e97", "c-1", "..")
            .stream().map(Project::new).toList();
    private static final List<String> WORDS = List.of("list", "sorted", "index", "query", "lock",
            "thread", "file", "cache", "retry", "stream", "parser", "token");
    private static final List<TaskCategory> CATEGORIES = List.of(Samples.ITERATION,
            new TaskCategory("code", "concurrency"), TaskCategory.UNKNOWN);

    @TempDir
    private Path directory;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
            .create(SEED);

    @Test
    void inTenThousandQueriesNoRowOfAnotherProjectIsSeenSeed20261124() {
        try (var store = MemoryStore.open(directory)) {
            Set<String> promoted = fill(store);
            int rows = 0;
            for (int i = 0; i < QUERIES; i++) {
                Project asker = any(PROJECTS);
                var query = new Query(any(WORDS) + " " + any(WORDS), asker,
                        random.nextInt(3) == 0 ? any(CATEGORIES) : null);
                for (Match match : store.search(query, 9)) {
                    LearntConstraint seen = store.constraint(match.id()).orElseThrow();
                    assertThat(seen.scope().project().equals(asker)
                            || promoted.contains(seen.id())).as("%s in %s", seen, query).isTrue();
                    rows++;
                }
            }
            assertThat(rows).isGreaterThan(QUERIES);
        }
    }

    /// Each rule of a number is learnt in one project only, but for those that are promoted.
    private Set<String> fill(MemoryStore store) {
        var promoted = new HashSet<String>();
        for (int i = 0; i < 600; i++) {
            Project project = PROJECTS.get(i % PROJECTS.size());
            LearntConstraint learnt = rule(project, i);
            store.learn(learnt);
            if (i % 60 == 7) {
                store.promote(learnt.id());
                promoted.add(learnt.id());
            }
            if (i % 60 == 11) {
                LearntConstraint twin = rule(PROJECTS.get((i + 1) % PROJECTS.size()), i);
                store.learn(twin);
                promoted.addAll(Set.of(learnt.id(), twin.id()));
            }
        }
        return promoted;
    }

    private static LearntConstraint rule(Project project, int number) {
        String one = WORDS.get(number % WORDS.size());
        String other = WORDS.get(number / WORDS.size() % WORDS.size());
        var constraint = new Constraint("a %s meets a %s".formatted(one, other),
                "care of kind " + number, "haste");
        var source = new Source(ContrastKind.RECORDED_PAIR, "mind the " + one,
                List.of("t-" + number), "tiny", "small");
        return LearntConstraint.of(constraint,
                new Scope(project, CATEGORIES.get(number % CATEGORIES.size())), source,
                Evidence.NONE, Samples.NOW);
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
