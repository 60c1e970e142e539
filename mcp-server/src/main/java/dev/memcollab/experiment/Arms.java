package dev.memcollab.experiment;

import dev.memcollab.experiment.Evaluation.Arm;
import dev.memcollab.server.Lab;
import dev.memcollab.solve.Adviser;
import java.util.List;
import java.util.Set;

/// The arms of an evaluation on one memory.
///
/// @param when lines are given
/// @param sources most source tasks whose lines are shown, the paper's p
/// @param seed of the choice of placebo lines
public record Arms(Lab lab, When when, int sources, int seed) {
    private static final Set<String> KNOWN = Set.of("none", "placebo", "memcollab");

    /// Refuses names of arms that there are not.
    public static void requireKnown(List<String> names) {
        names.stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("arms must be none, placebo or memcollab, got \"%s\""
                    .formatted(name));
        });
    }

    /// The arms of some names.
    public List<Arm> named(List<String> names) {
        requireKnown(names);
        return names.stream().map(this::arm).toList();
    }

    private Arm arm(String name) {
        return new Arm(name, switch (name) {
            case "memcollab" -> recalled();
            case "placebo" -> new Placebo(recalled(), lab.store(), lab.classifier(), seed);
            default -> Adviser.NONE;
        });
    }

    private Recalled recalled() {
        return new Recalled(lab.recall(), when, sources);
    }
}
