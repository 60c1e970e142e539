package dev.memcollab.experiment;

import dev.memcollab.experiment.Learning.Lesson;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What lessons add up to: the four cells of each benchmark.
public final class Lessons {
    private Lessons() {}

    /// How many tasks are in each cell, by benchmark.
    public static Map<String, Map<Cell, Integer>> cells(List<Lesson> lessons) {
        var cells = new LinkedHashMap<String, Map<Cell, Integer>>();
        for (Lesson lesson : lessons) {
            cells.computeIfAbsent(lesson.benchmark(), _ -> empty()).merge(lesson.cell(), 1,
                    Integer::sum);
        }
        return cells;
    }

    private static Map<Cell, Integer> empty() {
        var counts = new EnumMap<Cell, Integer>(Cell.class);
        for (Cell cell : Cell.values()) {
            counts.put(cell, 0);
        }
        return counts;
    }

    /// The cells, and what was learnt, for people.
    public static String table(List<Lesson> lessons) {
        var text = new StringBuilder();
        cells(lessons).forEach((benchmark, counts) -> {
            text.append(benchmark).append(": ");
            counts.forEach((cell, count) -> text
                    .append(String.format(Locale.ROOT, "%s %d, ", cell.label(), count)));
            text.append(String.format(Locale.ROOT, "%d constraints%n", lessons.stream()
                    .filter(lesson -> lesson.benchmark().equals(benchmark))
                    .flatMap(lesson -> lesson.learnt().stream()).distinct().count()));
        });
        return text.toString();
    }
}
