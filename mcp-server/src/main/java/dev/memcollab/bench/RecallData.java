package dev.memcollab.bench;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What recall is measured with: `benchmarks/data`.
///
/// @param topics of everyday engineering
/// @param outside tasks for which nothing of the topics matters
record RecallData(List<Topic> topics, List<Outside> outside) {
    static final Project PROJECT = new Project("bench");

    /// A topic: what was learnt from two tasks, and three others for which all of it matters.
    record Topic(String id, TaskCategory category, List<String> sources,
            List<LearntConstraint> constraints, List<String> tasks) {}

    /// A task that has nothing to do with the topics.
    ///
    /// @param kind other, technical or mathematics
    record Outside(String kind, String task) {}

    /// Reads one half.
    ///
    /// @param split dev, which weights may be fitted to, or test
    static RecallData read(Path directory, String split) throws IOException {
        return new RecallData(
                rows(directory.resolve("engineering-topics.jsonl"), split)
                        .map(RecallData::topic).toList(),
                rows(directory.resolve("outside-tasks.jsonl"), split)
                        .map(row -> new Outside(text(row, "kind"), text(row, "task"))).toList());
    }

    /// A task of a public benchmark.
    record Public(String benchmark, String task) {
        /// Where its tasks belong.
        TaskCategory category() {
            return switch (benchmark) {
                case "gsm8k" -> new TaskCategory("mathematics", "arithmetic word problems");
                case "mbpp" -> new TaskCategory("code", "algorithms");
                default -> throw new IllegalArgumentException(
                        "benchmark must be gsm8k or mbpp, got \"%s\"".formatted(benchmark));
            };
        }
    }

    /// Reads tasks of public benchmarks: a JSON object a line, with `benchmark` and `task`.
    static List<Public> readPublic(Path file) throws IOException {
        return rows(file).map(row -> new Public(text(row, "benchmark"), text(row, "task")))
                .toList();
    }

    private static Stream<JsonNode> rows(Path file, String split) throws IOException {
        return rows(file).filter(row -> text(row, "split").equals(split));
    }

    static Stream<JsonNode> rows(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList()
                    .stream();
        } catch (JacksonException e) {
            throw new IOException(file + " must have a JSON object a line: " + e.getMessage(), e);
        }
    }

    private static Topic topic(JsonNode row) {
        var category = new TaskCategory(text(row, "category"), text(row, "subcategory"));
        List<String> sources = texts(row, "sources");
        return new Topic(text(row, "id"), category, sources, row.get("constraints").valueStream()
                .map(each -> learnt(each, sources.get(each.get("source").intValue()), category))
                .toList(), texts(row, "tasks"));
    }

    private static LearntConstraint learnt(JsonNode row, String source, TaskCategory category) {
        return LearntConstraint.of(constraint(row), new Scope(PROJECT, category),
                new Source(ContrastKind.RECORDED_PAIR, source, List.of(), "weak", "strong"),
                Evidence.NONE, Instant.EPOCH);
    }

    static Constraint constraint(JsonNode row) {
        return new Constraint(text(row, "when"), text(row, "enforce"), text(row, "avoid"));
    }

    static String text(JsonNode row, String field) {
        return row.get(field).stringValue();
    }

    private static List<String> texts(JsonNode row, String field) {
        return row.get(field).valueStream().map(JsonNode::stringValue).toList();
    }

    /// All that is to be remembered.
    List<LearntConstraint> constraints() {
        return topics.stream().flatMap(topic -> topic.constraints().stream()).toList();
    }
}
