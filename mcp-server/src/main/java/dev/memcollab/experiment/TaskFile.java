package dev.memcollab.experiment;

import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads tasks with verifiers, a JSON object a line: `id`, `benchmark`, `task`, and either `answer` or
/// `tests`, which are statements of Python after `setup`; `solution`, where one is known, is what the
/// verifier accepts. Other fields are not read: where a task belongs is found out as everywhere else.
public final class TaskFile {
    private final Path file;
    private final Project project;

    private TaskFile(Path file, Project project) {
        this.file = file;
        this.project = project;
    }

    /// The tasks in the order of the file.
    ///
    /// @throws IllegalArgumentException that names line, field, rule and value
    public static List<BenchmarkTask> read(Path file, Project project) throws IOException {
        return new TaskFile(file, project).tasks();
    }

    private List<BenchmarkTask> tasks() throws IOException {
        var tasks = new ArrayList<BenchmarkTask>();
        var ids = new HashSet<String>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                BenchmarkTask task = task(JsonMapper.shared().readTree(line));
                if (!ids.add(task.id())) {
                    throw new IllegalArgumentException(
                            "id must be of one task only, got \"%s\" again".formatted(task.id()));
                }
                tasks.add(task);
            } catch (JacksonException e) {
                throw error(number, "must be a JSON object: " + e.getOriginalMessage(), e);
            } catch (IllegalArgumentException e) {
                throw error(number, String.valueOf(e.getMessage()), e);
            }
        }
        return tasks;
    }

    private IllegalArgumentException error(int line, String what, Exception cause) {
        return new IllegalArgumentException("%s, line %d: %s".formatted(file, line, what), cause);
    }

    private BenchmarkTask task(JsonNode row) {
        String id = text(row, "id");
        var task = new Task(text(row, "task"), id, project, null, verifier(row));
        return new BenchmarkTask(id, row.has("benchmark") ? text(row, "benchmark") : "tasks",
                task, row.has("solution") ? text(row, "solution") : null);
    }

    private static Verifier verifier(JsonNode row) {
        if (row.has("answer") == row.has("tests")) {
            throw new IllegalArgumentException("a task must have either answer or tests, got "
                    + (row.has("answer") ? "both" : "neither"));
        }
        if (row.has("answer")) {
            return new Verifier.Answer(text(row, "answer"));
        }
        var code = new StringBuilder();
        if (row.has("setup") && !row.get("setup").asString("").isBlank()) {
            code.append(text(row, "setup")).append('\n');
        }
        JsonNode tests = row.get("tests");
        if (!tests.isArray() || tests.isEmpty()) {
            throw new IllegalArgumentException(
                    "tests must be an array of at least one string, got " + tests);
        }
        for (JsonNode test : tests) {
            if (!test.isString()) {
                throw new IllegalArgumentException("tests must be strings, got " + test);
            }
            code.append(test.stringValue()).append('\n');
        }
        return new Verifier.Tests(code.toString());
    }

    private static String text(JsonNode row, String field) {
        JsonNode value = row.get(field);
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException("%s must be a string that is not blank, got %s"
                    .formatted(field, value == null ? "nothing" : value));
        }
        return value.stringValue();
    }
}
