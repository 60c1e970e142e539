package dev.memcollab.experiment;

import dev.memcollab.experiment.Evaluation.Arm;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.ModelRole;
import dev.memcollab.recall.Relevance;
import dev.memcollab.server.Lab;
import dev.memcollab.solve.Adviser;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The arms of an evaluation, each with the memory that it reads.
public final class Arms implements AutoCloseable {
    private static final List<String> KNOWN = List.of("none", "placebo", "self", "strong",
            "self-contrast", "memcollab", "ungated", "unchecked", "margin-only",
            "replay-and-margin",
            "unfiltered");

    private final Map<Method, Lab> labs = new EnumMap<>(Method.class);
    private final Function<Method, Lab> opening;
    private final Map<String, ModelRole> roles;
    private final Reading reading;

    /// How memories are read.
    ///
    /// @param when lines are given
    /// @param sources most source tasks whose lines are shown, the paper's p
    /// @param seed of the choice of placebo lines
    public record Reading(When when, int sources, int seed) {}

    /// Opens memories when they are asked for.
    ///
    /// @param roles of models that have one, by name
    public Arms(Function<Method, Lab> opening, Map<String, ModelRole> roles, Reading reading) {
        this.opening = opening;
        this.roles = Map.copyOf(roles);
        this.reading = reading;
    }

    /// Refuses names of arms that there are not.
    public static void requireKnown(List<String> names) {
        names.stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("arms must be some of %s, got \"%s\""
                    .formatted(String.join(", ", KNOWN), name));
        });
    }

    /// The arms of some names, for one model.
    public List<Arm> named(List<String> names, LanguageModel reader) {
        requireKnown(names);
        return names.stream().map(name -> new Arm(name, adviser(name, reader))).toList();
    }

    private Adviser adviser(String name, LanguageModel reader) {
        return switch (name) {
            case "placebo" -> {
                Lab lab = lab(Method.MEMCOLLAB);
                yield new Placebo(recalled(lab), lab.store(), lab.classifier(), reading.seed());
            }
            case "self" -> recalled(lab(own(name, reader, Method.WEAK_RUNS, Method.STRONG_RUNS)));
            case "self-contrast" -> recalled(
                    lab(own(name, reader, Method.WEAK_SAMPLES, Method.STRONG_SAMPLES)));
            case "strong" -> recalled(lab(Method.STRONG_RUNS));
            case "ungated" -> recalled(lab(Method.MEMCOLLAB),
                    Relevance.Weights.FITTED.ignoringCategory());
            case "none" -> Adviser.NONE;
            default -> recalled(lab(Method.parse(name)));
        };
    }

    private Method own(String name, LanguageModel reader, Method weak, Method strong) {
        ModelRole role = roles.get(reader.name());
        if (role == null) {
            throw new IllegalArgumentException(
                    "arm %s is of the weak and the strong model only, got model %s"
                            .formatted(name, reader.name()));
        }
        return role == ModelRole.WEAK ? weak : strong;
    }

    private Lab lab(Method method) {
        return labs.computeIfAbsent(method, opening);
    }

    private Recalled recalled(Lab lab) {
        return recalled(lab, Relevance.Weights.FITTED);
    }

    private Recalled recalled(Lab lab, Relevance.Weights weights) {
        return new Recalled(lab.recall(weights), reading.when(), reading.sources());
    }

    /// What a method learnt; nothing where its memory was not opened.
    public Optional<MemoryStore> memory(Method method) {
        return Optional.ofNullable(labs.get(method)).map(Lab::store);
    }

    /// How many constraints each memory has that was opened.
    public Map<String, Integer> constraints() {
        var counts = new TreeMap<String, Integer>();
        labs.forEach((method, lab) -> counts.put(method.label(), lab.store().constraints()));
        return counts;
    }

    @Override
    public void close() {
        labs.values().forEach(Lab::close);
    }
}
