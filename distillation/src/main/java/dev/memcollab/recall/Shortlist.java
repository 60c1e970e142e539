package dev.memcollab.recall;

import dev.memcollab.recall.Recollection.HeldBack;
import dev.memcollab.recall.Recollection.Line;
import dev.memcollab.trajectory.Project;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of the lines that fit may be shown at all, before limit and budget.
///
/// @param lines best first
record Shortlist(List<Line> lines, List<HeldBack> heldBack) {
    /// Lines that weaken a safeguard wait for a person; hypotheses that did not help at their own task,
    /// for more evidence; hypotheses give way to lines that are borne
    /// out; what two projects learnt is shown once, as the asking project's own where it is.
    static Shortlist of(List<Line> ranked, Project asking) {
        List<Line> harmless = ranked.stream()
                .filter(line -> line.isBorneOut() || !line.learnt().weakensSafeguard()).toList();
        List<Line> tenable = harmless.stream()
                .filter(line -> line.isBorneOut() || !line.learnt().isRefuted())
                .toList();
        boolean better = tenable.stream().anyMatch(Line::isBorneOut);
        List<Line> trusted = tenable.stream().filter(line -> line.isBorneOut() || !better)
                .toList();
        List<Line> once = once(trusted, asking);
        return new Shortlist(once, List.of(
                new HeldBack(ranked.size() - harmless.size(),
                        "weaken a safeguard, and nobody has approved them"),
                new HeldBack(harmless.size() - tenable.size(),
                        "changed no more than any line would at the task they were learnt from"),
                new HeldBack(tenable.size() - trusted.size(),
                        "are not borne out yet, and better lines are there"),
                new HeldBack(trusted.size() - once.size(),
                        "say the same as a line of another project")));
    }

    private static List<Line> once(List<Line> lines, Project asking) {
        if (lines.stream().allMatch(line -> isOf(asking, line))) {
            return lines; // within a project the same is one constraint
        }
        var said = new HashSet<String>();
        Set<String> kept = Stream.concat(lines.stream().filter(line -> isOf(asking, line)),
                lines.stream().filter(line -> !isOf(asking, line)))
                .filter(line -> said.add(line.learnt().constraint().normalised()))
                .map(line -> line.learnt().id()).collect(Collectors.toSet());
        return lines.stream().filter(line -> kept.contains(line.learnt().id())).toList();
    }

    private static boolean isOf(Project asking, Line line) {
        return line.learnt().scope().project().equals(asking);
    }
}
