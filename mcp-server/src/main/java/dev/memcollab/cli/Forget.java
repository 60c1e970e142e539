package dev.memcollab.cli;

import dev.memcollab.memory.Forgettable;
import dev.memcollab.memory.Forgetting;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.trajectory.Excerpt;
import dev.memcollab.trajectory.Project;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `forget`: takes runs and constraints out of memory, bytes included.
@Command(name = "forget", description = {
        "Take a constraint, a recorded run, or a whole project out of memory, with all that was"
                + " learnt from it. The bytes leave journal, index, checkpoint and backups.",
        "Copies that were made elsewhere, such as exports, are out of reach."})
final class Forget implements Callable<Integer> {
    private static final int TEXT_CHARACTERS = 100;
    private static final String WOULD_GO = "would go";
    private static final String ARE_GONE = "are gone";
    private static final String OUT_OF_REACH = "Copies made elsewhere, such as exports, are out of"
            + " reach.";

    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Target target = new Target();
    @Option(names = "--dry-run", description = "Show what would go, and change nothing.")
    private boolean dryRun;
    @Option(names = "--yes", description = "Do not ask; needed where there is no terminal to ask on.")
    private boolean yes;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    /// What is to go: exactly one of these.
    static final class Target {
        @Parameters(paramLabel = "ID", description = "A constraint (c-…) or a recorded run (t-…).")
        private @Nullable String id;
        @Option(names = "--trajectory", paramLabel = "ID", description = "A recorded run, and what was learnt from it alone.")
        private @Nullable String trajectory;
        @Option(names = "--project", paramLabel = "NAME", description = "All that was recorded and learnt in a project.")
        private @Nullable String project;

        Forgettable forgettable() {
            if (project != null) {
                return new Forgettable.WholeProject(new Project(project));
            }
            if (trajectory != null) {
                return new Forgettable.OneRun(trajectory);
            }
            String named = String.valueOf(id);
            if (named.startsWith("t-")) {
                return new Forgettable.OneRun(named);
            }
            if (named.startsWith("c-")) {
                return new Forgettable.OneConstraint(named);
            }
            throw new IllegalArgumentException(
                    "ID must begin with c- (a constraint) or t- (a run), got \"%s\""
                            .formatted(named));
        }
    }

    @Override
    public Integer call() {
        Forgettable wanted = target.forgettable();
        try (var store = program.wiring().store()) {
            Forgetting would = store.forgettingOf(wanted);
            // Their texts have to be read before they go.
            Map<String, Object> shown = shown(would, store);
            if (dryRun || would.isEmpty()) {
                report(shown, dryRun ? WOULD_GO : ARE_GONE);
                return 0;
            }
            if (!confirmed(shown)) {
                spec.commandLine().getErr().println("memcollab: nothing was forgotten");
                return 1;
            }
            Forgetting done = store.forget(wanted);
            report(done.equals(would) ? shown : bare(done), ARE_GONE);
            return 0;
        }
    }

    private boolean confirmed(Map<String, Object> shown) {
        if (yes) {
            return true;
        }
        Person person = program.surroundings().person();
        person.requireThere();
        PrintWriter err = spec.commandLine().getErr();
        print(shown, WOULD_GO, err);
        err.flush();
        return person.agrees("Forget this for good?");
    }

    private static Map<String, Object> shown(Forgetting what, MemoryStore store) {
        Function<String, String> run = id -> store.trajectory(id)
                .map(found -> found.task().text()).orElse("");
        Function<String, String> constraint = id -> store.constraint(id)
                .map(found -> found.constraint().sentence()).orElse("");
        return shown(what, run, constraint);
    }

    /// Where it went, only the ids are left to be told.
    private static Map<String, Object> bare(Forgetting what) {
        return shown(what, _ -> "", _ -> "");
    }

    private static Map<String, Object> shown(Forgetting what, Function<String, String> run,
            Function<String, String> constraint) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("trajectories", rows(what.trajectories(), run));
        shown.put("constraints", rows(what.constraints(), constraint));
        shown.put("weakened", rows(what.weakened(), constraint));
        return shown;
    }

    private static List<Map<String, String>> rows(List<String> ids,
            Function<String, String> text) {
        return ids.stream().map(id -> Map.of("id", id, "text",
                Excerpt.of(Excerpt.line(text.apply(id)), TEXT_CHARACTERS)))
                .toList();
    }

    private void report(Map<String, Object> shown, String verb) {
        if (json) {
            var whole = new LinkedHashMap<String, Object>();
            whole.put("dry_run", dryRun);
            whole.putAll(shown);
            Output.json(spec, whole);
        } else {
            print(shown, verb, Output.of(spec));
        }
    }

    private static void print(Map<String, Object> shown, String verb, PrintWriter out) {
        if (shown.values().stream().allMatch(rows -> rows.equals(List.of()))) {
            out.println("There is nothing of it in memory.");
            return;
        }
        print(shown.get("trajectories"), "Runs that " + verb + ": %d", out);
        print(shown.get("constraints"), "Constraints that " + verb + ": %d", out);
        print(shown.get("weakened"), "Constraints that lose sources or evidence and stay: %d", out);
        out.println(OUT_OF_REACH);
    }

    private static void print(@Nullable Object rows, String title, PrintWriter out) {
        if (rows instanceof List<?> list && !list.isEmpty()) {
            out.printf(title + "%n", list.size());
            for (Object row : list) {
                if (row instanceof Map<?, ?> fields) {
                    out.printf("  %s  %s%n", fields.get("id"), fields.get("text"));
                }
            }
        }
    }
}
