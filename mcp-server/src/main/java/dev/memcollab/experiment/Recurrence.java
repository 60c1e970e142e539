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
/// @param p of McNemar's test, exact and two-sided
public record Recurrence(int siblings, int without, int with, double p) {
    /// Counts them.
    ///
    /// @param rows among them those of the arm "none"
    /// @param arm that recalls
    /// @param mistakes behind each line, by its sentence
    public static Recurrence of(List<Row> rows, String arm, Map<String, Set<String>> mistakes) {
        Map<Trial, Row> alone = rows.stream().filter(row -> row.arm().equals("none"))
                .collect(Collectors.toMap(Row::trial, Function.identity()));
        Pairs back = Pairs.NONE;
        for (Row row : rows) {
            Row other = alone.get(row.trial());
            Set<String> recorded = row.lines().stream()
                    .flatMap(line -> mistakes.getOrDefault(line, Set.of()).stream())
                    .collect(Collectors.toSet());
            if (row.arm().equals(arm) && other != null && !recorded.isEmpty()) {
                back = back.plus(recorded.contains(row.mistake()),
                        recorded.contains(other.mistake()));
            }
        }
        return new Recurrence(back.count(), back.both() + back.regressions(),
                back.both() + back.gains(), back.p());
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
        facts.put("without", Results.interval(new Proportion(without, siblings)));
        facts.put("with", Results.interval(new Proportion(with, siblings)));
        facts.put("relative_change", Results.percent(relativeChange()));
        facts.put("p", Math.round(p * 1e4) / 1e4);
        return facts;
    }

    /// The figures, for people.
    public String sentence() {
        return String.format(Locale.ROOT, "Of %d siblings of tasks that were learnt from, the same"
                + " mistake came back at %d without recall and at %d with it (%+.0f %%, p %.3f).%n",
                siblings, without, with, 100 * relativeChange(), p);
    }
}
