package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.ModelRole;
import java.util.ArrayList;
import java.util.List;

/// The check of the candidates of one contrast: a replay for each model that failed the task by
/// itself, and margins under both models where there is none.
///
/// @param replay replays of the contrast's task
/// @param failed the models that failed it; none where the task has no verifier
public record BothModelsCheck(MarginCheck margin, ReplayCheck replay, List<ModelRole> failed,
        Judges judges) {
    public BothModelsCheck {
        failed = List.copyOf(failed);
    }

    public Evidence evidence(Constraint constraint) throws InterruptedException {
        var replays = new ArrayList<Replay>();
        if (judges.replay()) {
            for (ModelRole role : failed) {
                replays.add(replay.replay(constraint, role));
            }
        }
        return new Evidence(judges.takeMargin(!replays.isEmpty())
                ? margin.margins(constraint)
                : List.of(), replays);
    }
}
