package dev.memcollab.experiment;

import dev.memcollab.algebra.Proportion;
import dev.memcollab.experiment.Evaluation.Row;
import dev.memcollab.experiment.Evaluation.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether mistakes that were learnt from come back at sibling tasks: those for which recall shows what
/// was learnt.
///
/// A mistake comes back where a model fails a sibling in the way ([Mistake]) in which a model failed the
/// task that a line was learnt from. Each sibling is compared with itself without recall: the same
/// model, and the same random numbers where answers are drawn.
///
/// @param siblings with, and each without
/// @param without at how many the mistake came back without recall
/// @param with at how many with it
/// @param solved at how many it came back without recall and the sibling was solved with it; the rest of what did not come
///     back failed in another way
/// @param p of McNemar's test, exact and two-sided
public record Recurrence(int siblings, int without, int with, int solved, double p) {
    /// Counts them.
    ///
    /// @param rows among them those of the arm "none"
    /// @param recalling arm whose lines say which trials are siblings
    /// @param arm that is compared with "none": the recalling one, or another in its place
    /// @param mistakes behind each line, by its sentence
    public static Recurrence of(List<Row> rows, String recalling, String arm,
            Map<String, Set<String>> mistakes) {
        Map<Trial, Row> alone = byTrial(rows, "none");
        Map<Trial, Row> compared = byTrial(rows, arm);
        Pairs back = Pairs.NONE;
        int solved = 0;
        for (Row sibling : byTrial(rows, recalling).values()) {
            Row without = alone.get(sibling.trial());
            Row with = compared.get(sibling.trial());
            Set<String> recorded = sibling.lines().stream()
                    .flatMap(line -> mistakes.getOrDefault(line, Set.of()).stream())
                    .collect(Collectors.toSet());
            if (without != null && with != null && !recorded.isEmpty()) {
                boolean came = recorded.contains(without.mistake());
                back = back.plus(recorded.contains(with.mistake()), came);
                solved += came && with.passed() ? 1 : 0;
            }
        }
        return new Recurrence(back.count(), back.both() + back.regressions(),
                back.both() + back.gains(), solved, back.p());
    }

    private static Map<Trial, Row> byTrial(List<Row> rows, String arm) {
        return rows.stream().filter(row -> row.arm().equals(arm))
                .collect(Collectors.toMap(Row::trial, Function.identity()));
    }

    /// By how much the returns rose, as a share of those without recall; 0 where there were none.
    double relativeChange() {
        return without == 0 ? 0 : (double) (with - without) / without;
    }

    /// The figures, with 95 % intervals in per cent.
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("siblings", siblings);
        facts.put("came_back_without", without);
        facts.put("came_back_with", with);
        facts.put("solved_instead", solved);
        facts.put("without", Results.interval(new Proportion(without, siblings)));
        facts.put("with", Results.interval(new Proportion(with, siblings)));
        facts.put("relative_change", Results.percent(relativeChange()));
        facts.put("p", Math.round(p * 1e4) / 1e4);
        return facts;
    }

    /// The figures, for people.
    public String sentence() {
        return String.format(Locale.ROOT, "Of %d siblings of tasks that were learnt from, the same"
                + " mistake came back at %d without recall and at %d with it (%+.0f %%, p %.3f); %d were"
                + " solved instead.%n", siblings, without, with, 100 * relativeChange(), p, solved);
    }
}
