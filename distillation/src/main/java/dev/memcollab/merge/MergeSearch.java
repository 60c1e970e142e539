package dev.memcollab.merge;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ConstraintMemory;
import dev.memcollab.constraint.ConstraintMemory.Query;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.embedding.Embedder;
import dev.memcollab.merge.SlotNearness.Slots;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.recall.TriggerFit;
import dev.memcollab.trajectory.Project;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the constraint in memory that says what a new one says, in other words.
///
/// Nearness finds candidates; a model decides. Where there is no embedder nothing is found, and the
/// new one is kept beside the old.
public final class MergeSearch {
    private static final int NEAR = 20;
    /// Each costs seconds.
    private static final int MOST_ASKED = 2;

    private final ConstraintMemory memory;
    private final Supplier<Optional<Embedder>> embedder;
    private final Sameness.Weights weights;

    public MergeSearch(ConstraintMemory memory, Supplier<Optional<Embedder>> embedder,
            Sameness.Weights weights) {
        this.memory = memory;
        this.embedder = embedder;
        this.weights = weights;
    }

    /// One that finds nothing, so that equal texts alone are merged.
    public static MergeSearch none(ConstraintMemory memory) {
        return new MergeSearch(memory, Optional::empty, Sameness.Weights.FITTED);
    }

    /// A constraint in memory that a new one was compared with.
    ///
    /// @param probability that both say the same
    /// @param same whether that is likely enough
    public record Compared(LearntConstraint known, double probability, boolean same) {}

    private record Near(LearntConstraint known, SlotNearness slots) {}

    /// Compares a constraint with those that it may repeat, likeliest first, until one says the same.
    /// One that is in memory word for word repeats none.
    ///
    /// @param model the strong one
    /// @param listener is told each comparison
    public Optional<LearntConstraint> sameAs(Constraint constraint, Project project,
            LanguageModel model, Listener listener) throws InterruptedException {
        String id = LearntConstraint.idOf(constraint, project);
        Optional<Embedder> by = memory.constraint(id).isPresent()
                ? Optional.empty()
                : embedder.get();
        if (by.isEmpty()) {
            return Optional.empty();
        }
        var judge = new Judge(model);
        for (Near near : near(constraint, project, by.get())) {
            double probability = new Sameness(near.slots(),
                    judge.verdict(near.known().constraint(), constraint)).probability(weights);
            boolean same = weights.merges(probability);
            listener.compared(new Compared(near.known(), probability, same));
            if (same) {
                return Optional.of(near.known());
            }
        }
        return Optional.empty();
    }

    /// Hears of comparisons, which take seconds.
    @FunctionalInterface
    public interface Listener {
        void compared(Compared compared);
    }

    private List<Near> near(Constraint constraint, Project project, Embedder by) {
        var query = new Query(constraint.sentence(), project, null,
                by.embed(constraint.sentence()));
        Slots slots = Slots.of(constraint, by);
        return memory.search(query, NEAR).stream()
                .flatMap(match -> memory.constraint(match.id()).stream())
                .filter(known -> reachTheSame(known.constraint(), constraint))
                .map(known -> new Near(known,
                        SlotNearness.of(Slots.of(known.constraint(), by), slots)))
                .filter(near -> weights.asks(near.slots()))
                .sorted(Comparator.comparingDouble(
                        (Near near) -> near.slots().probability(weights.ofSlots())).reversed())
                .limit(MOST_ASKED).toList();
    }

    /// Whether one could be shown in the place of the other: not a rule about things in that of one about others, or of a
    /// general one.
    private static boolean reachTheSame(Constraint one, Constraint other) {
        return one.isAboutThings() == other.isAboutThings()
                && new TriggerFit(one.when()).namesThingsOf(other);
    }
}
