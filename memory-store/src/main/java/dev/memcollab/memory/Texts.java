package dev.memcollab.memory;

import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.Line.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The constraints that were looked at last, as they stand in the journal. Not thread-safe.
final class Texts {
    private static final int MOST = 2048;

    private final Map<String, Merged> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Merged> eldest) {
            return size() > MOST;
        }
    };

    /// What the first so many lines of a constraint add up to.
    private record Merged(LearntConstraint constraint, int lines) {}

    /// What the lines add up to; only those that were added since the last time are read.
    LearntConstraint get(String id, List<Place> places, Function<Place, LearntConstraint> line) {
        Merged known = recent.get(id);
        if (known == null || known.lines() < places.size()) {
            Merged merged = merged(known, places, line);
            recent.put(id, merged);
            return merged.constraint();
        }
        return known.constraint();
    }

    private static Merged merged(@Nullable Merged known, List<Place> places,
            Function<Place, LearntConstraint> line) {
        LearntConstraint sum = known == null ? line.apply(places.getFirst()) : known.constraint();
        int from = known == null ? 1 : known.lines();
        for (Place place : places.subList(from, places.size())) {
            sum = sum.with(line.apply(place));
        }
        return new Merged(sum, places.size());
    }
}
