package dev.memcollab.trajectory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Cuts runs to what a small model can read: every step keeps its place, long ones lose their
/// middle, and of very many steps the first and the last stay.
public final class Excerpt {
    private static final String CUT = " […] ";
    private static final int MOST_STEPS = 16;
    private static final int LEAST_STEP = 40; // characters; less says nothing

    private Excerpt() {}

    /// The steps as text of at most `characters` (and a few for the marks of what was cut).
    public static String of(Run run, int characters) {
        List<Step> kept = ends(run.steps());
        int each = Math.max(LEAST_STEP, fairShare(kept, characters));
        return kept.stream().map(step -> step.kind().label() + ": " + of(step.text(), each))
                .collect(Collectors.joining("\n"));
    }

    /// The text, or its two ends where it is longer than `characters`.
    public static String of(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int head = Math.max(1, (characters - CUT.length()) * 2 / 3);
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

    /// The longest length that, as the cap of every step, keeps the sum within `characters`.
    private static int fairShare(List<Step> steps, int characters) {
        List<Integer> lengths = steps.stream().map(step -> step.text().length()).sorted().toList();
        int left = characters;
        for (int i = 0; i < lengths.size(); i++) {
            int share = left / (lengths.size() - i);
            if (lengths.get(i) > share) {
                return share;
            }
            left -= lengths.get(i);
        }
        return characters;
    }
}
