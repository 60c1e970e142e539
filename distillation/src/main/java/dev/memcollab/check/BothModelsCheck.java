package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.ModelRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The check of the candidates of one contrast: margins under both models, and a replay for each
/// model that failed the task by itself.
///
/// @param replay replays of the contrast's task
/// @param failed the models that failed it; none where the task has no verifier
/// @param judges who is asked; all, unless it is to be measured what one is good for
public record BothModelsCheck(MarginCheck margin, ReplayCheck replay, List<ModelRole> failed,
        Set<Judge> judges) {
    public BothModelsCheck {
        failed = List.copyOf(failed);
        judges = Set.copyOf(judges);
    }

    public Evidence evidence(Constraint constraint) throws InterruptedException {
        var replays = new ArrayList<Replay>();
        if (canVerify()) {
            for (ModelRole role : failed) {
                replays.add(replay.replay(constraint, role));
            }
        }
        return new Evidence(
                judges.contains(Judge.MARGIN) ? margin.margins(constraint) : List.of(), replays);
    }

    private boolean canVerify() {
        return judges.contains(Judge.REPLAY) && !failed.isEmpty();
    }
}
