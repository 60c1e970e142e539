package dev.memcollab.trajectory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Cuts runs to what a small model can read: every step keeps its place, long ones lose their
/// middle, and of very many steps the first and the last stay.
///
/// What the agent thought and did, and what it saw last, get twice the room of what it saw before
/// that, which is folded first.
public final class Excerpt {
    private static final String CUT = " […] ";
    private static final int MOST_STEPS = 16;
    private static final int LEAST_STEP = 40; // characters; less says nothing

    private Excerpt() {}

    /// A step as it will be read.
    ///
    /// @param weight how much room it gets, compared with others
    private record Part(Step.Kind kind, String text, int weight) {
        double needed() {
            return (double) text.length() / weight;
        }

        /// What was printed ends with what came of it; what was thought or done begins with it.
        String within(double level) {
            int characters = Math.max(LEAST_STEP, (int) (weight * level));
            return kind.label() + ": "
                    + ends(text, characters, kind == Step.Kind.OBSERVATION ? 1 : 2);
        }
    }

    /// The steps as text of at most `characters` (and a few for the marks of what was cut).
    public static String of(Run run, int characters) {
        List<Part> parts = parts(ends(run.steps()));
        double level = level(parts, characters);
        return parts.stream().map(part -> part.within(level)).collect(Collectors.joining("\n"));
    }

    private static List<Part> parts(List<Step> steps) {
        int lastSeen = steps.stream().map(Step::kind).toList().lastIndexOf(Step.Kind.OBSERVATION);
        return IntStream.range(0, steps.size()).mapToObj(i -> part(steps.get(i), i == lastSeen))
                .toList();
    }

    private static Part part(Step step, boolean lastSeen) {
        return switch (step.kind()) {
            case THOUGHT, ACTION -> new Part(step.kind(), step.text(), 2);
            case OBSERVATION ->
                new Part(step.kind(), Folded.lines(step.text()), lastSeen ? 2 : 1);
        };
    }

    /// The text, or its two ends where it is longer than `characters`.
    public static String of(String text, int characters) {
        return ends(text, characters, 2);
    }

    /// The text on one line, so that it cannot begin one of its own and pass for another's words.
    public static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /// The two ends.
    ///
    /// @param headThirds thirds that the first of them gets
    private static String ends(String text, int characters, int headThirds) {
        if (text.length() <= characters) {
            return text;
        }
        int head = Math.max(1, (characters - CUT.length()) * headThirds / 3);
        int tail = Math.max(1, characters - CUT.length() - head);
        return text.substring(0, whole(text, head)) + CUT
                + text.substring(whole(text, text.length() - tail));
    }

    /// Never between the two halves of a surrogate pair.
    private static int whole(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
    }

    private static List<Step> ends(List<Step> steps) {
        if (steps.size() <= MOST_STEPS) {
            return steps;
        }
        int half = MOST_STEPS / 2;
        var kept = new ArrayList<>(steps.subList(0, half));
        kept.addAll(steps.subList(steps.size() - half, steps.size()));
        return kept;
    }

    /// The most room a weight that, as the cap of every step, keeps the sum within `characters`.
    private static double level(List<Part> parts, int characters) {
        List<Part> ascending = parts.stream().sorted(Comparator.comparingDouble(Part::needed))
                .toList();
        int left = characters;
        int weights = parts.stream().mapToInt(Part::weight).sum();
        for (Part part : ascending) {
            double share = (double) left / weights;
            if (part.needed() > share) {
                return share;
            }
            left -= part.text().length();
            weights -= part.weight();
        }
        return characters;
    }
}
