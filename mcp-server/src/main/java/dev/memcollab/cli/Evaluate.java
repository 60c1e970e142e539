package dev.memcollab.cli;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.experiment.Arms;
import dev.memcollab.experiment.Arms.Reading;
import dev.memcollab.experiment.BenchmarkTask;
import dev.memcollab.experiment.Evaluation;
import dev.memcollab.experiment.Evaluation.Reader;
import dev.memcollab.experiment.Evaluation.Row;
import dev.memcollab.experiment.KeptGenerations;
import dev.memcollab.experiment.Method;
import dev.memcollab.experiment.RecordedMistakes;
import dev.memcollab.experiment.Recurrence;
import dev.memcollab.experiment.Results;
import dev.memcollab.experiment.When;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.Lab;
import dev.memcollab.server.Wiring;
import dev.memcollab.solve.Solver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `eval TASKS.jsonl`.
@Command(name = "eval", description = {
        "Measure whether memory helps local models: the same tasks with it and without.",
        "Interrupted, it goes on where it was when it is called again."})
final class Evaluate implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Mixin
    private final Tasks tasks = new Tasks();
    @Option(names = "--arms", paramLabel = "ARM", split = ",", defaultValue = "none,placebo,memcollab", description = "What is in front of the models (default: ${DEFAULT-VALUE}).")
    private List<String> arms = List.of();
    @Option(names = "--models", paramLabel = "M", split = ",", defaultValue = "weak,strong", description = "Who reads: weak, strong, or installed models by name (default: ${DEFAULT-VALUE}).")
    private List<String> models = List.of();
    @Option(names = "--turns", paramLabel = "N", defaultValue = "1", description = "Most turns for a task (default: ${DEFAULT-VALUE}).")
    private int turns;
    @Option(names = "--when", paramLabel = "WHEN", defaultValue = "both", description = "Lines come before the first turn (before), after one that failed (after_failure), or both (default: ${DEFAULT-VALUE}).")
    private String when = "";
    @Option(names = "--p", paramLabel = "N", defaultValue = "3", description = "Most source tasks whose lines are shown, each up to three (default: ${DEFAULT-VALUE}).")
    private int sources;
    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of the choice of placebo lines (default: ${DEFAULT-VALUE}).")
    private int seed;
    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Draws each answer once with each of these seeds, at temperature 0.7 (default: one greedy answer).")
    private List<Long> seeds = List.of();
    @Option(names = "--rows", paramLabel = "FILE", description = "Writes what came of each task, a JSON object a line.")
    private @Nullable Path rows;
    @Option(names = "--json", description = "As JSON, with all figures.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Tasks.requireTurns(spec, turns);
        When lines = when();
        Arms.requireKnown(arms);
        List<BenchmarkTask> given = tasks.read(program);
        Wiring wiring = program.wiring();
        try (var readers = Readers.open(wiring, new KeptGenerations(tasks.generations(program)),
                models);
                var memories = new Arms(method -> lab(wiring, method),
                        Map.of(wiring.settings().weak(), ModelRole.WEAK,
                                wiring.settings().strong(), ModelRole.STRONG),
                        new Reading(lines, sources, seed))) {
            List<Reader> all = readers.models().stream()
                    .map(model -> new Reader(model, memories.named(arms, model))).toList();
            Solver solver = wiring.solver(tasks.allowsCode(program));
            List<Row> found = new Evaluation(solver, all, turns, seeds, Output.progress(spec))
                    .rows(given);
            write(found);
            report(found, recurrence(found, memories, readers, solver), memories.constraints(),
                    readers);
        }
        return 0;
    }

    private Lab lab(Wiring wiring, Method method) {
        Path memory = Tasks.memory(program.home(), method);
        if (!Files.exists(memory)) {
            throw new IllegalArgumentException(
                    "there is no memory made by %s: memcollab learn TASKS.jsonl --method %s"
                            .formatted(method.label(), method.label()));
        }
        return wiring.lab(memory, Output.progress(spec));
    }

    private When when() {
        try {
            return When.valueOf(when.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(),
                    "--when must be before, after_failure or both, got " + when, e);
        }
    }

    private void write(List<Row> found) throws IOException {
        if (rows != null) {
            Files.write(rows,
                    found.stream().map(JsonMapper.shared()::writeValueAsString).toList());
        }
    }

    /// Of what the arm with our memory was shown, and what of that comes with placebo lines in their place, by arm;
    /// nothing where there is no such arm.
    private Map<String, Recurrence> recurrence(List<Row> found, Arms memories, Readers readers,
            Solver solver) throws InterruptedException {
        String ours = Method.MEMCOLLAB.label();
        Optional<MemoryStore> memory = memories.memory(Method.MEMCOLLAB);
        if (memory.isEmpty() || !arms.containsAll(List.of("none", ours))) {
            return Map.of();
        }
        Set<String> shown = found.stream().flatMap(row -> row.lines().stream())
                .collect(Collectors.toSet());
        List<LearntConstraint> learnt = memory.get().all().stream()
                .filter(one -> shown.contains(one.constraint().sentence())).toList();
        var sources = new RecordedMistakes(solver, readers.models(), turns);
        Map<String, Set<String>> mistakes = sources.of(learnt, memory.get());
        var recurrence = new LinkedHashMap<String, Recurrence>();
        for (String arm : List.of(ours, "placebo")) {
            if (arms.contains(arm)) {
                recurrence.put(arm, Recurrence.of(found, ours, arm, mistakes));
            }
        }
        return recurrence;
    }

    private void report(List<Row> found, Map<String, Recurrence> recurrence,
            Map<String, Integer> constraints, Readers readers) throws InterruptedException {
        var results = new Results(found);
        if (!json) {
            Output.of(spec).print(results.table());
            recurrence.forEach((arm, of) -> Output.of(spec).print(arm + ": " + of.sentence()));
            return;
        }
        Map<String, Object> facts = readers.facts("eval --arms %s --models %s --turns %d --when %s"
                .formatted(String.join(",", arms), String.join(",", models), turns, when)
                + " --p %d --seed %d".formatted(sources, seed));
        facts.put("seeds", seeds);
        facts.put("constraints", constraints);
        var came = new LinkedHashMap<String, Object>();
        recurrence.forEach((arm, of) -> came.put(arm, of.facts()));
        facts.put("recurrence", came);
        facts.putAll(results.facts());
        Output.json(spec, facts);
    }
}
