package dev.memcollab.cli;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.server.Narration;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What memory holds as a document for people: projects, in them categories, in them constraints;
/// then the recorded runs as a table.
///
/// What agents wrote stays text: it neither begins a block nor has markup, links or control
/// characters of its own.
final class MarkdownExport {
    private static final int TASK_CHARACTERS = 160;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]");
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]{}<>|~&#@$!]|:(?=//)"
            + "|(?<=(?i)www)\\.");

    private final MemoryStore store;

    MarkdownExport(MemoryStore store) {
        this.store = store;
    }

    void write(Writer out) throws IOException {
        List<LearntConstraint> all = store.all();
        List<String> runs = store.trajectoryIds();
        out.write("# What MemCollab remembers%n%n%d constraints, %d recorded runs.%n"
                .formatted(all.size(), runs.size()));
        Map<String, List<LearntConstraint>> byProject = all.stream().collect(Collectors.groupingBy(
                one -> one.scope().project().name(), TreeMap::new, Collectors.toList()));
        for (var project : byProject.entrySet()) {
            out.write("%n## Project %s%n".formatted(text(project.getKey())));
            writeCategories(project.getValue(), out);
        }
        writeRuns(runs, out);
    }

    private void writeCategories(List<LearntConstraint> constraints, Writer out)
            throws IOException {
        Map<String, List<LearntConstraint>> byCategory = constraints.stream().collect(Collectors
                .groupingBy(one -> name(one.scope().category()), TreeMap::new,
                        Collectors.toList()));
        for (var category : byCategory.entrySet()) {
            out.write("%n### %s%n%n".formatted(text(category.getKey())));
            for (LearntConstraint learnt : category.getValue()) {
                write(learnt, out);
            }
        }
    }

    private static String name(TaskCategory category) {
        return category.category() + " / " + category.subcategory();
    }

    private void write(LearntConstraint learnt, Writer out) throws IOException {
        out.write("- %s: %s%n".formatted(text(learnt.id()), text(learnt.constraint().sentence())));
        var lines = new ArrayList<String>();
        lines.add("%s%s, support %d, learnt %s".formatted(learnt.standing().label(),
                learnt.ruling().promoted() ? ", recalled in every project" : "", learnt.support(),
                learnt.learntAt()));
        learnt.evidence().margins().forEach(
                margin -> lines.add("%s (%s)".formatted(Narration.of(margin), margin.model())));
        learnt.evidence().replays().forEach(
                replay -> lines.add("%s (%s)".formatted(Narration.of(replay), replay.model())));
        Usefulness use = store.usefulness(learnt.id());
        if (!use.equals(Usefulness.NONE)) {
            lines.add("helped in %d runs, harmed in %d".formatted(use.helped(), use.harmed()));
        }
        learnt.sources().forEach(source -> lines.add(of(source)));
        for (String line : lines) {
            out.write("  - %s%n".formatted(text(line)));
        }
    }

    private static String of(Source source) {
        String runs = source.trajectories().isEmpty()
                ? "the local models"
                : String.join(", ", source.trajectories());
        return "%s of %s at \"%s\", distilled by %s and %s".formatted(source.kind().label(), runs,
                Excerpt.of(source.task(), TASK_CHARACTERS), source.weak(), source.strong());
    }

    private void writeRuns(List<String> ids, Writer out) throws IOException {
        out.write("%n## Recorded runs%n%n| id | date | project | task | outcome |%n".formatted()
                + "|---|---|---|---|---|%n".formatted());
        for (String id : ids) {
            // One at a time, since together they may not fit; one may be forgotten meanwhile.
            Optional<Trajectory> run = store.trajectory(id);
            if (run.isPresent()) {
                out.write(row(run.get()));
            }
        }
    }

    private static String row(Trajectory run) {
        return "| %s | %s | %s | %s | %s |%n".formatted(text(run.id()), run.recordedAt(),
                text(run.task().project().name()),
                text(Excerpt.of(run.task().text(), TASK_CHARACTERS)), run.outcome().label());
    }

    /// On one line, and nothing but text.
    static String text(String raw) {
        String line = HIDDEN.matcher(SPACE.matcher(raw).replaceAll(" ")).replaceAll("");
        return MARKUP.matcher(line.strip()).replaceAll("\\\\$0");
    }
}
