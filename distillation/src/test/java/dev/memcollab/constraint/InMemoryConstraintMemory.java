package dev.memcollab.constraint;

import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A memory that forgets when its process ends. It scores by the number of words in common.
public final class InMemoryConstraintMemory implements ConstraintMemory {
    private final Map<String, LearntConstraint> constraints = new LinkedHashMap<>();
    private final Map<String, Usefulness> usefulness = new HashMap<>();
    private final @Nullable Embedder embedder;

    public InMemoryConstraintMemory() {
        this(null);
    }

    /// @param embedder tells what triggers mean; null where nobody does
    public InMemoryConstraintMemory(@Nullable Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public synchronized void learn(LearntConstraint constraint) {
        constraints.merge(constraint.id(), constraint, LearntConstraint::with);
        String said = constraint.constraint().normalised();
        List<String> alike = constraints.values().stream()
                .filter(learnt -> learnt.constraint().normalised().equals(said))
                .filter(learnt -> !learnt.isOnlyTold())
                .map(LearntConstraint::id).toList();
        if (alike.size() > 1) {
            alike.forEach(this::promote);
        }
    }

    @Override
    public synchronized int learntSince(Project project, TaskCategory category, Instant since) {
        return (int) constraints.values().stream()
                .filter(learnt -> learnt.scope().equals(new Scope(project, category)))
                .filter(learnt -> !learnt.learntAt().isBefore(since)).count();
    }

    @Override
    public synchronized void approve(String id) {
        rule(id, new Ruling(true, false));
    }

    @Override
    public synchronized void promote(String id) {
        rule(id, new Ruling(false, true));
    }

    private void rule(String id, Ruling ruling) {
        if (constraints.computeIfPresent(id, (_, learnt) -> learnt.with(ruling)) == null) {
            throw new IllegalArgumentException(
                    "id must name a constraint, got \"%s\"".formatted(id));
        }
    }

    @Override
    public synchronized Optional<LearntConstraint> constraint(String id) {
        return Optional.ofNullable(constraints.get(id));
    }

    @Override
    public synchronized List<Match> search(Query query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
        Set<String> asked = words(query.text());
        return constraints.values().stream()
                .filter(learnt -> learnt.scope().project().equals(query.project())
                        || learnt.ruling().promoted())
                .filter(learnt -> query.category() == null
                        || query.category().equals(learnt.scope().category()))
                .map(learnt -> new Match(learnt.id(), learnt.scope().category(),
                        inCommon(asked, learnt), nearness(query, learnt)))
                .filter(match -> match.words() > 0 || match.nearness().isPresent())
                .sorted(Comparator.comparingDouble(Match::words).reversed()).limit(limit).toList();
    }

    private OptionalDouble nearness(Query query, LearntConstraint learnt) {
        Embedding meaning = query.meaning();
        return meaning == null || embedder == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(meaning.cosine(embedder.embed(learnt.constraint().when())));
    }

    @Override
    public synchronized List<LearntConstraint> all() {
        return List.copyOf(constraints.values());
    }

    @Override
    public synchronized int constraints() {
        return constraints.size();
    }

    @Override
    public synchronized void witnessed(String id, boolean helped) {
        if (constraints.containsKey(id)) {
            var one = helped ? new Usefulness(1, 0) : new Usefulness(0, 1);
            usefulness.merge(id, one, (sum, more) -> new Usefulness(sum.helped() + more.helped(),
                    sum.harmed() + more.harmed()));
        }
    }

    @Override
    public synchronized Usefulness usefulness(String id) {
        return usefulness.getOrDefault(id, Usefulness.NONE);
    }

    private static double inCommon(Set<String> asked, LearntConstraint learnt) {
        Stream<String> tasks = learnt.sources().stream().map(LearntConstraint.Source::task);
        String text = Stream.concat(Stream.of(learnt.constraint().sentence()), tasks)
                .collect(Collectors.joining(" "));
        return words(text).stream().filter(asked::contains).count();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 3).collect(Collectors.toSet());
    }
}
