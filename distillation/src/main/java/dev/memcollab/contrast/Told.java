package dev.memcollab.contrast;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.language.Concepts;
import dev.memcollab.trajectory.Quoted;
import dev.memcollab.trajectory.Run;
import dev.memcollab.trajectory.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a rule stood in what the runs of a contrast were given to read: the task, what tools
/// showed, what came after. A model that says it then has read a sentence out, not compared two runs.
/// What is told may be said of other things than the rule is: its two halves are enough.
///
/// What the agent itself thought and did is not looked at: a run that worked does what the rule says.
public final class Told {
    /// Least share of the concepts of a rule, or of its halves, in one passage.
    private static final double LEAST = 0.7;
    /// Sentences of a passage: enough for a rule that is told in pieces.
    private static final int SENTENCES = 3;
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?;]\\s|\\n");

    private Told() {}

    public static boolean in(Contrast contrast, Constraint rule) {
        String halves = rule.enforce() + " " + rule.avoid();
        List<Set<String>> rules = List.of(Concepts.of(halves),
                Concepts.of(rule.when() + " " + halves));
        return read(contrast).anyMatch(text -> tells(text, rules));
    }

    private static Stream<String> read(Contrast contrast) {
        return Stream.concat(Stream.of(contrast.task().text(), contrast.failure()),
                Stream.of(contrast.preferred(), contrast.unpreferred()).map(Run::steps)
                        .flatMap(List::stream)
                        .filter(step -> step.kind() == Step.Kind.OBSERVATION).map(Step::text));
    }

    /// Whether a text tells one of some rules, each given by its concepts.
    private static boolean tells(String text, List<Set<String>> rules) {
        List<Set<String>> sentences = SENTENCE_END.splitAsStream(Quoted.asRead(text))
                .map(Concepts::of)
                .filter(concepts -> !concepts.isEmpty()).toList();
        for (int i = 0; i < sentences.size(); i++) {
            var passage = new HashSet<String>();
            sentences.subList(i, Math.min(sentences.size(), i + SENTENCES))
                    .forEach(passage::addAll);
            if (rules.stream().anyMatch(rule -> tells(passage, rule))) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(Set<String> passage, Set<String> rule) {
        return rule.stream().filter(passage::contains).count() >= LEAST * rule.size();
    }
}
