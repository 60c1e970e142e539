package dev.memcollab.trajectory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes out of what a program printed what a reader skips: of lines that differ in nothing but their
/// numbers all but the first and the last, all but the beginning of rulers, all but one of blank lines.
final class Folded {
    private static final String CUT = "[…]";
    /// Lines alike in a row that are worth folding.
    private static final int FEWEST = 4;
    private static final Pattern RULER = Pattern.compile("([=\\-_*#~.])\\1{3,}");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Folded() {}

    static String lines(String text) {
        List<String> lines = RULER.matcher(text).replaceAll("$1$1$1").lines()
                .map(String::stripTrailing).toList();
        var kept = new ArrayList<String>();
        for (int from = 0; from < lines.size();) {
            int to = endOfAlike(lines, from);
            keep(lines.subList(from, to), kept);
            from = to;
        }
        return String.join("\n", kept);
    }

    private static int endOfAlike(List<String> lines, int from) {
        String shape = shape(lines.get(from));
        int to = from + 1;
        while (to < lines.size() && shape(lines.get(to)).equals(shape)) {
            to++;
        }
        return to;
    }

    private static String shape(String line) {
        return NUMBER.matcher(line).replaceAll("0");
    }

    private static void keep(List<String> alike, List<String> kept) {
        if (alike.getFirst().isEmpty()) {
            kept.add("");
        } else if (alike.size() < FEWEST) {
            kept.addAll(alike);
        } else {
            kept.addAll(List.of(alike.getFirst(), CUT, alike.getLast()));
        }
    }
}
