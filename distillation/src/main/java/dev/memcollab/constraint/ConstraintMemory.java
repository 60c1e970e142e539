package dev.memcollab.constraint;

import dev.memcollab.algebra.Proportion;
import dev.memcollab.embedding.Embedding;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The port to what was learnt (the paper's bank B).
///
/// What [#learn] has returned from is on disk and found by the next [#search] of every process on
/// the same store. A constraint stays in its project until it is promoted: by a person, or because
/// another project learnt the same.
public interface ConstraintMemory {
    /// Keeps a constraint. One with the same id gains the sources and evidence it did not have.
    void learn(LearntConstraint constraint);

    Optional<LearntConstraint> constraint(String id);

    /// Constraints of the query's project, and promoted ones of others: those whose trigger, slots
    /// or source tasks share most words with the text, and where an embedding is given those nearest
    /// in meaning. The ones that share words come first, best first. Their texts stay where they are:
    /// most of what is found is not shown.
    ///
    /// @param limit most of either, so that twice as many may come
    List<Match> search(Query query, int limit);

    /// All of them, oldest first.
    List<LearntConstraint> all();

    int constraints();

    /// How many constraints of a project and category were first learnt since then.
    int learntSince(Project project, TaskCategory category, Instant since);

    /// Keeps that a person wants a constraint recalled.
    ///
    /// @throws IllegalArgumentException when there is none of this id
    void approve(String id);

    /// Makes a constraint one of all projects.
    ///
    /// @throws IllegalArgumentException when there is none of this id
    void promote(String id);

    /// Moves the counters of a constraint by what happened to a run that had it in context.
    void witnessed(String id, boolean helped);

    Usefulness usefulness(String id);

    /// What to search for.
    ///
    /// @param category a hard filter where not null
    /// @param meaning of the text; null where words alone are to decide
    record Query(String text, Project project, @Nullable TaskCategory category,
            @Nullable Embedding meaning) {
        public Query(String text, Project project, @Nullable TaskCategory category) {
            this(text, project, category, null);
        }
    }

    /// A constraint that a search found, which [#constraint] gives.
    ///
    /// @param words BM25 score, comparable only within one search; 0 where no word is shared
    /// @param nearness cosine of the query's meaning and the constraint's, in [-1, 1]; absent where
    ///     either has no embedding yet
    record Match(String id, TaskCategory category, double words, OptionalDouble nearness) {}

    /// Runs that had a constraint in context and worked, or did not.
    record Usefulness(int helped, int harmed) {
        public static final Usefulness NONE = new Usefulness(0, 0);

        /// Whether it goes with failure more often than not, beyond what chance explains: the lower
        /// Wilson bound of the share of harmed runs is above one half.
        public boolean isHarmful() {
            return new Proportion(harmed, helped + harmed).low() > 0.5;
        }
    }
}
