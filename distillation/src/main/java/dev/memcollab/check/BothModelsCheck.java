package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.Replay;
import dev.memcollab.model.ModelRole;
import java.util.ArrayList;
import java.util.List;

/// The check of the candidates of one contrast: margins under both models, and a replay for each
/// model that failed the task by itself.
///
/// @param replay replays of the contrast's task
/// @param failed the models that failed it; none where the task has no verifier
public record BothModelsCheck(MarginCheck margin, ReplayCheck replay, List<ModelRole> failed)
        implements
            CandidateCheck {
    public BothModelsCheck {
        failed = List.copyOf(failed);
    }

    @Override
    public Evidence evidence(Constraint constraint) throws InterruptedException {
        var replays = new ArrayList<Replay>();
        for (ModelRole role : failed) {
            replays.add(replay.replay(constraint, role));
        }
        return new Evidence(margin.margins(constraint), replays);
    }

    @Override
    public boolean canVerify() {
        return !failed.isEmpty();
    }
}
