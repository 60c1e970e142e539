package dev.memcollab.check;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.language.Concepts;
import dev.memcollab.trajectory.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Lines that are true and have nothing to do with most tasks: any line shifts a small model, so what a
/// constraint does counts against what these do.
public final class Placebos {
    private static final List<Constraint> LINES = List.of(
            new Constraint("a page shows a picture", "giving the picture a text for those who can"
                    + " not see it", "leaving the picture without a text"),
            new Constraint("a message is logged for an operator",
                    "saying in it what the operator can do", "logging only a code"),
            new Constraint("a meeting spans time zones", "naming the zone beside the hour",
                    "leaving the zone to the reader"),
            new Constraint("a photograph is printed", "matching its profile to the paper",
                    "printing with the profile of the screen"),
            new Constraint("a letter is sent abroad", "writing the country in capitals",
                    "leaving the country out"),
            new Constraint("a plant is moved outdoors", "hardening it over some days",
                    "exposing it to the sun at once"),
            new Constraint("a cable is laid in a garden", "marking its course on a plan",
                    "trusting that somebody remembers"),
            new Constraint("a recipe is doubled", "taking a wider pan",
                    "lengthening the baking in the same pan"),
            new Constraint("a bicycle is stored for winter", "easing the load on the tyres",
                    "leaving it standing on flat ones"));

    private Placebos() {}

    /// Those that share least with a task, least first; at most nine.
    public static List<Constraint> farthestFrom(Task task, int count) {
        Set<String> concepts = Concepts.of(task.text());
        return LINES.stream().sorted(Comparator.comparingLong(line -> Concepts.of(line.sentence())
                .stream().filter(concepts::contains).count())).limit(count).toList();
    }
}
