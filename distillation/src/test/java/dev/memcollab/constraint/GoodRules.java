package dev.memcollab.constraint;

import dev.memcollab.language.WordLists;
import java.util.List;

/// Ordinary good rules of all kinds of work, which no defence may cost.
public final class GoodRules {
    private static final List<Constraint> ALL = read();

    private GoodRules() {}

    public static List<Constraint> all() {
        return ALL;
    }

    private static List<Constraint> read() {
        return WordLists.lines("/dev/memcollab/constraint/good-rules.txt").stream()
                .map(line -> Constraint.parse(line).orElseThrow(() -> new AssertionError(line)))
                .toList();
    }
}
