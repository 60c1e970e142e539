package dev.memcollab.cli;

import dev.memcollab.experiment.BenchmarkTask;
import dev.memcollab.experiment.Method;
import dev.memcollab.experiment.TaskFile;
import dev.memcollab.server.Home;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// The tasks of a command, and how local models go at them.
final class Tasks {
    private static final int MOST_TURNS = 10;

    @Parameters(paramLabel = "TASKS.jsonl", arity = "1..*", description = "A JSON object a line: id, benchmark, task, and either answer or tests (Python, after setup); learn reads solution, too.")
    private List<Path> files = List.of();
    @Option(names = "--limit", paramLabel = "N", description = "The first N tasks of each file (default: all).")
    private @Nullable Integer limit;
    @Option(names = "--project", paramLabel = "P", description = "Whose memory (default: the working directory's).")
    private @Nullable String project;
    @Option(names = "--allow-code", description = "Run tests that come with a task, in the sandbox. Without it, tasks with tests are refused.")
    private boolean allowCode;
    @Option(names = "--generations", paramLabel = "FILE", description = "Keeps what models said, so that nothing is asked twice (default: in the home).")
    private @Nullable Path generations;

    /// Reads them, those of one file after those of another in turn, so that the first ones are of all.
    List<BenchmarkTask> read(Memcollab program) throws IOException {
        var whose = new Project(project == null ? program.project() : project);
        var byFile = new ArrayList<List<BenchmarkTask>>();
        for (Path file : files) {
            List<BenchmarkTask> all = TaskFile.read(file, whose);
            byFile.add(limit == null ? all : all.stream().limit(limit).toList());
        }
        var tasks = new ArrayList<BenchmarkTask>();
        int longest = byFile.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<BenchmarkTask> ofFile : byFile) {
                if (i < ofFile.size()) {
                    tasks.add(ofFile.get(i));
                }
            }
        }
        requireAllowed(program, tasks);
        return tasks;
    }

    private void requireAllowed(Memcollab program, List<BenchmarkTask> tasks) {
        if (allowsCode(program)) {
            return;
        }
        tasks.stream().filter(task -> task.task().verifier() instanceof Verifier.Tests).findFirst()
                .ifPresent(task -> {
                    throw new IllegalArgumentException("%s has tests, which are run only with"
                            .formatted(task.id()) + " --allow-code or allow_code = true");
                });
    }

    boolean allowsCode(Memcollab program) {
        return allowCode || program.wiring().settings().allowCode();
    }

    Path generations(Memcollab program) {
        return generations == null
                ? program.home().cache().resolve("generations.jsonl")
                : generations;
    }

    /// Refuses a number of turns that no task is given.
    static void requireTurns(CommandSpec spec, int turns) {
        if (turns < 1 || turns > MOST_TURNS) {
            throw new ParameterException(spec.commandLine(),
                    "--turns must lie in 1..%d, got %d".formatted(MOST_TURNS, turns));
        }
    }

    /// Where the memory is that is made by a method.
    static Path memory(Home home, Method method) {
        return method == Method.MEMCOLLAB ? home.memory() : home.experiment(method.label());
    }
}
