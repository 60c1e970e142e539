package dev.memcollab.experiment;

import dev.memcollab.algebra.Proportion;
import dev.memcollab.experiment.Evaluation.Row;
import dev.memcollab.experiment.Evaluation.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What rows of an evaluation add up to: shares with intervals, and each arm against each that it is
/// compared with, task by task.
public final class Results {
    /// Arms that others are compared with where they are there.
    private static final List<String> BASELINES = List.of("none", "placebo");

    private final List<Row> rows;
    private final Map<Place, List<Row>> places;

    public Results(List<Row> rows) {
        this.rows = List.copyOf(rows);
        this.places = rows.stream()
                .collect(Collectors.groupingBy(Place::of, LinkedHashMap::new, Collectors.toList()));
    }

    /// Rows of one model, benchmark and arm.
    private record Place(String model, String benchmark, String arm) {
        private static Place of(Row row) {
            return new Place(row.model(), row.benchmark(), row.arm());
        }
    }

    private Set<String> distinct(Function<Row, String> of) {
        return rows.stream().map(of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// All figures.
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        var cells = new ArrayList<Map<String, Object>>();
        places.forEach((place, of) -> cells.add(facts(place, of)));
        facts.put("cells", cells);
        facts.put("pooled", pooled());
        return facts;
    }

    private Map<String, Object> facts(Place place, List<Row> of) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("model", place.model());
        facts.put("benchmark", place.benchmark());
        facts.put("arm", place.arm());
        Proportion share = share(of);
        facts.put("tasks", share.trials());
        facts.put("right", share.successes());
        facts.put("accuracy", percent(share.value()));
        facts.put("low", percent(share.low()));
        facts.put("high", percent(share.high()));
        facts.put("with_lines", of.stream().filter(row -> !row.lines().isEmpty()).count());
        facts.put("mean_turns", mean(of, Row::turns));
        facts.put("mean_prompt_tokens", mean(of, Row::promptTokens));
        facts.put("mean_tokens", mean(of, Row::tokens));
        facts.put("tokens_a_solved_task", tokensASolvedTask(of));
        for (String baseline : BASELINES) {
            if (!baseline.equals(place.arm()) && distinct(Row::arm).contains(baseline)) {
                facts.put("against_" + baseline, against(place, baseline).facts());
            }
        }
        return facts;
    }

    private static Proportion share(List<Row> of) {
        return new Proportion((int) of.stream().filter(Row::passed).count(), of.size());
    }

    private static double mean(List<Row> of, Function<Row, Integer> number) {
        return rounded(of.stream().mapToInt(number::apply).average().orElse(0));
    }

    /// Made by the model, whether the task was solved or not, for each that was.
    private static double tokensASolvedTask(List<Row> of) {
        return rounded((double) of.stream().mapToInt(Row::tokens).sum()
                / Math.max(1, share(of).successes()));
    }

    private Pairs against(Place place, String baseline) {
        Map<Trial, Boolean> without = places
                .getOrDefault(new Place(place.model(), place.benchmark(), baseline), List.of())
                .stream().collect(Collectors.toMap(Row::trial, Row::passed));
        Pairs pairs = Pairs.NONE;
        for (Row row : places.getOrDefault(place, List.of())) {
            Boolean other = without.get(row.trial());
            pairs = other == null ? pairs : pairs.plus(row.passed(), other);
        }
        return pairs;
    }

    private List<Map<String, Object>> pooled() {
        var all = new ArrayList<Map<String, Object>>();
        for (String arm : distinct(Row::arm)) {
            for (String baseline : BASELINES) {
                if (!arm.equals(baseline) && distinct(Row::arm).contains(baseline)) {
                    var facts = new LinkedHashMap<String, Object>();
                    facts.put("arm", arm);
                    facts.put("against", baseline);
                    facts.putAll(Pairs.sum(places.keySet().stream()
                            .filter(place -> place.arm().equals(arm))
                            .map(place -> against(place, baseline)).toList()).facts());
                    facts.put("by_task", byTask(arm, baseline).facts());
                    all.add(facts);
                }
            }
        }
        return all;
    }

    /// Each task once, a gain where more of its trials are solved than of the baseline's: models and draws agree at a task,
    /// so that trials count for more than they tell.
    private Pairs byTask(String arm, String baseline) {
        Map<List<String>, Integer> net = new LinkedHashMap<>();
        for (Row row : rows) {
            int solved = row.passed() ? 1 : 0;
            int sign = row.arm().equals(arm) ? solved : row.arm().equals(baseline) ? -solved : 0;
            net.merge(List.of(row.benchmark(), row.task()), sign, Integer::sum);
        }
        Pairs pairs = Pairs.NONE;
        for (int more : net.values()) {
            pairs = pairs.plus(more > 0, more < 0);
        }
        return pairs;
    }

    /// A table like the paper's: a row a model and arm, a column a benchmark.
    public String table() {
        var text = new StringBuilder("| model | arm |");
        Set<String> benchmarks = distinct(Row::benchmark);
        benchmarks.forEach(benchmark -> text.append(' ').append(benchmark).append(" |"));
        text.append(" mean | gains | regressions |\n|---|---|")
                .append("---|".repeat(benchmarks.size())).append("---|---|---|\n");
        for (String model : distinct(Row::model)) {
            for (String arm : distinct(Row::arm)) {
                text.append(row(model, arm, benchmarks)).append('\n');
            }
        }
        return text.toString();
    }

    private String row(String model, String arm, Set<String> benchmarks) {
        var text = new StringBuilder("| %s | %s |".formatted(model, arm));
        double sum = 0;
        var changed = new ArrayList<Pairs>();
        for (String benchmark : benchmarks) {
            var place = new Place(model, benchmark, arm);
            Proportion share = share(places.getOrDefault(place, List.of()));
            sum += share.value();
            changed.add(against(place, "none"));
            text.append(String.format(Locale.ROOT, " %.1f (%.1f–%.1f) |", 100 * share.value(),
                    100 * share.low(), 100 * share.high()));
        }
        Pairs all = Pairs.sum(changed);
        return text.append(String.format(Locale.ROOT, " %.1f | %d | %d |",
                100 * sum / benchmarks.size(), all.gains(), all.regressions())).toString();
    }

    /// A share with its interval, in per cent: value, low, high.
    static List<Double> interval(Proportion share) {
        return List.of(percent(share.value()), percent(share.low()), percent(share.high()));
    }

    static double percent(double share) {
        return rounded(100 * share);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
