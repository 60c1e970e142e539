package dev.memcollab.experiment;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.recall.Recall;
import dev.memcollab.recall.RecallQuery;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.solve.Adviser;
import dev.memcollab.trajectory.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The lines that recall would show an agent (Algorithm 2 of arXiv 2603.23234).
///
/// @param sources most source tasks whose lines are shown, the paper's p
record Recalled(Recall recall, When when, int sources) implements Adviser {
    @Override
    public List<Constraint> lines(Task task, String feedback) {
        if (!when.at(feedback)) {
            return List.of();
        }
        var query = new RecallQuery(task, feedback, RecallQuery.DEFAULT_LIMIT,
                RecallQuery.DEFAULT_BUDGET_TOKENS);
        var shown = new ArrayList<Constraint>();
        var from = new LinkedHashSet<String>();
        for (Line line : recall.recall(query).lines()) {
            String source = line.learnt().sources().getFirst().task();
            if (from.contains(source) || from.size() < sources) {
                from.add(source);
                shown.add(line.learnt().constraint());
            }
        }
        return shown;
    }
}
