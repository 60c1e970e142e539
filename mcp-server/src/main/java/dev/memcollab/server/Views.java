package dev.memcollab.server;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.recall.Recollection;
import dev.memcollab.server.ConstraintView.Evidence;
import dev.memcollab.server.RecallAnswer.HeldBack;
import dev.memcollab.server.RecallAnswer.RecalledLine;
import dev.memcollab.trajectory.TaskCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How what memory holds is shown to agents and people.
final class Views {
    private Views() {}

    static RecallAnswer answer(Recollection found, MemoryCounts counts) {
        List<RecalledLine> lines = found.lines().stream().map(Views::line).toList();
        HeldBack held = heldBack(found.heldBack());
        return new RecallAnswer(topic(found.classification().category()),
                found.classification().confidence(), found.byMeaning(), lines, held, counts,
                lines.isEmpty() ? emptyBecause(held, counts) : null);
    }

    private static RecalledLine line(Recollection.Line line) {
        LearntConstraint learnt = line.learnt();
        return new RecalledLine(learnt.id(), statement(learnt.constraint()),
                topic(learnt.scope().category()), learnt.support(), origin(learnt), line.score());
    }

    private static HeldBack heldBack(List<Recollection.HeldBack> held) {
        int count = held.stream().mapToInt(Recollection.HeldBack::count).sum();
        String why = held.stream().map(part -> part.count() + " " + part.why())
                .collect(Collectors.joining("; "));
        return count == 0 ? HeldBack.NOTHING : new HeldBack(count, why);
    }

    private static @Nullable String emptyBecause(HeldBack held, MemoryCounts counts) {
        if (counts.constraints() == 0) {
            return counts.pending() > 0
                    ? "nothing is learnt yet; %d runs wait to be distilled"
                            .formatted(counts.pending())
                    : "nothing is learnt yet";
        }
        return held.count() == 0
                ? "nothing of this project shares a word with the task"
                : "nothing here is relevant: %s".formatted(held.why());
    }

    static ConstraintView of(LearntConstraint learnt, Usefulness seen) {
        var evidence = new ArrayList<Evidence>();
        for (Source source : learnt.sources()) {
            evidence.add(new Evidence("run", String.join(", ", source.trajectories().isEmpty()
                    ? List.of("local models")
                    : source.trajectories()),
                    "%s at \"%s\", distilled by %s and %s".formatted(source.kind().label(),
                            source.task(), source.weak(), source.strong())));
        }
        learnt.evidence().margins().forEach(margin -> evidence
                .add(new Evidence("margin", margin.model(), Narration.of(margin))));
        learnt.evidence().replays().forEach(replay -> evidence
                .add(new Evidence("replay", replay.model(), Narration.of(replay))));
        if (!seen.equals(Usefulness.NONE)) {
            evidence.add(new Evidence("use", "recorded runs", "helped in %d, harmed in %d"
                    .formatted(seen.helped(), seen.harmed())));
        }
        return new ConstraintView(learnt.id(), statement(learnt.constraint()),
                topic(learnt.scope().category()), learnt.support(), origin(learnt), evidence);
    }

    private static ConstraintText statement(Constraint constraint) {
        return new ConstraintText(constraint.sentence(), constraint.when(), constraint.enforce(),
                constraint.avoid());
    }

    private static Topic topic(TaskCategory category) {
        return new Topic(category.category(), category.subcategory());
    }

    /// Standing, kinds and runs in one line, such as "candidate, recorded-pair of t-1, t-2".
    private static String origin(LearntConstraint learnt) {
        String kinds = learnt.sources().stream().map(source -> source.kind().label()).distinct()
                .collect(Collectors.joining(", "));
        String runs = learnt.sources().stream().flatMap(source -> source.trajectories().stream())
                .distinct().collect(Collectors.joining(", "));
        String of = runs.isEmpty() ? "" : " of " + runs;
        return "%s, %s%s".formatted(learnt.standing().label(), kinds, of);
    }
}
