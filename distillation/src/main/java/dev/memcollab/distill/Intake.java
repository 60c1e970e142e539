package dev.memcollab.distill;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.contrast.Contrast;
import dev.memcollab.contrast.Told;
import dev.memcollab.trajectory.TrajectoryLog;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes what one run taught into memory: no more than the cap allows, and with a mark on what the
/// run had been told.
final class Intake {
    private final ConstraintMemory memory;
    private final TrajectoryLog log;
    private final RateCap cap;
    private final Clock clock;
    private final Set<String> learnt = new LinkedHashSet<>();
    private final Set<String> overCap = new LinkedHashSet<>();

    Intake(ConstraintMemory memory, TrajectoryLog log, RateCap cap, Clock clock) {
        this.memory = memory;
        this.log = log;
        this.cap = cap;
        this.clock = clock;
    }

    /// Learns a constraint, unless it is new and over the cap.
    ///
    /// @param drawn as it came out of the contrast, where memory says it in other words
    /// @return what was learnt
    Optional<LearntConstraint> offer(Contrast contrast, Constraint drawn,
            LearntConstraint found) {
        boolean isNew = memory.constraint(found.id()).isEmpty();
        if (isNew && cap.isReached(memory, found.scope(), clock.instant())) {
            overCap.add(found.id());
            return Optional.empty();
        }
        LearntConstraint marked = wasTold(contrast, found.constraint(), drawn)
                ? told(found)
                : found;
        memory.learn(marked);
        learnt.add(marked.id());
        return Optional.of(marked);
    }

    /// Ids of what was learnt, each once.
    List<String> learnt() {
        return List.copyOf(learnt);
    }

    /// What was not learnt, to be put after what was; empty where there is nothing to say.
    String refused() {
        return overCap.isEmpty()
                ? ""
                : ", %d not: over %d new ones of this project and category in a day"
                        .formatted(overCap.size(), cap.most());
    }

    /// Whether the runs were given to read what they taught, in the words of memory or in those that came out.
    private boolean wasTold(Contrast contrast, Constraint rule, Constraint drawn) {
        return Told.in(contrast, rule) || Told.in(contrast, drawn) || contrast.sources().stream()
                .flatMap(id -> log.trajectory(id).stream()).flatMap(run -> run.recalled().stream())
                .flatMap(id -> memory.constraint(id).stream())
                .map(recalled -> recalled.constraint().normalised())
                .anyMatch(recalled -> recalled.equals(rule.normalised())
                        || recalled.equals(drawn.normalised()));
    }

    private static LearntConstraint told(LearntConstraint found) {
        List<Source> sources = found.sources().stream()
                .map(source -> new Source(ContrastKind.TOLD, source.task(), source.trajectories(),
                        source.weak(), source.strong()))
                .toList();
        return new LearntConstraint(found.id(), found.constraint(), found.scope(), sources,
                found.evidence(), found.ruling(), found.learntAt());
    }
}
