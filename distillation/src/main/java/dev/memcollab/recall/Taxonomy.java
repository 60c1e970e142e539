package dev.memcollab.recall;

import dev.memcollab.language.WordLists;
import dev.memcollab.trajectory.TaskCategory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The categories of tasks, each with what it means and examples of it.
///
/// A file of it has headers `[category / subcategory]`, each followed by a line with the definition
/// and by exemplars, one a line, that begin with `- `. Lines that begin with `#` are for the reader.
public record Taxonomy(List<Entry> entries) {
    private static final String OWN = "/dev/memcollab/recall/taxonomy.txt";
    private static final Pattern HEADER = Pattern.compile("\\[([^/\\[\\]]+)/([^/\\[\\]]+)]");
    private static final String EXEMPLAR = "- ";

    public Taxonomy {
        entries = List.copyOf(entries);
    }

    /// A category and subcategory.
    ///
    /// @param definition in one line; empty where it only adds to an entry of another taxonomy
    /// @param exemplars tasks of it, in the words in which an assistant is asked
    public record Entry(TaskCategory category, String definition, List<String> exemplars) {
        public Entry {
            exemplars = List.copyOf(exemplars);
        }

        private Entry with(Entry more) {
            return new Entry(category, definition.isEmpty() ? more.definition : definition,
                    Stream.concat(exemplars.stream(), more.exemplars.stream()).distinct().toList());
        }

        /// All that is said of it.
        Stream<String> texts() {
            return Stream.concat(Stream.of(definition), exemplars.stream());
        }
    }

    /// The one that comes with the program.
    public static Taxonomy own() {
        return parse(WordLists.lines(OWN));
    }

    /// Reads the lines of a file.
    ///
    /// @throws IllegalArgumentException when one of them is nothing that such a file has
    public static Taxonomy parse(List<String> lines) {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                drafts.add(new Draft(new TaskCategory(header.group(1), header.group(2))));
            } else if (line.startsWith("[") || drafts.isEmpty()) {
                throw wrong(i, "must be a header such as [code / tests]", line);
            } else {
                drafts.getLast().take(i, line);
            }
        }
        return new Taxonomy(List.of())
                .with(new Taxonomy(drafts.stream().map(Draft::entry).toList()));
    }

    /// An entry that is being read.
    private static final class Draft {
        private final TaskCategory category;
        private final Set<String> exemplars = new LinkedHashSet<>();
        private String definition = "";

        Draft(TaskCategory category) {
            this.category = category;
        }

        void take(int index, String line) {
            if (line.startsWith(EXEMPLAR)) {
                exemplars.add(line.substring(EXEMPLAR.length()).strip());
            } else if (definition.isEmpty() && exemplars.isEmpty()) {
                definition = line;
            } else {
                throw wrong(index, "must be an exemplar that begins with \"- \"", line);
            }
        }

        Entry entry() {
            return new Entry(category, definition, List.copyOf(exemplars));
        }
    }

    private static IllegalArgumentException wrong(int index, String rule, String line) {
        return new IllegalArgumentException(
                "line %d %s, got \"%s\"".formatted(index + 1, rule, line));
    }

    /// This one with the entries of another: exemplars are added to those that both have.
    public Taxonomy with(Taxonomy more) {
        Map<TaskCategory, Entry> all = new LinkedHashMap<>();
        Stream.concat(entries.stream(), more.entries.stream())
                .forEach(entry -> all.merge(entry.category, entry, Entry::with));
        return new Taxonomy(List.copyOf(all.values()));
    }

    /// The entries by which a task can be recognised.
    Stream<Entry> withExemplars() {
        return entries.stream().filter(entry -> !entry.exemplars.isEmpty());
    }
}
