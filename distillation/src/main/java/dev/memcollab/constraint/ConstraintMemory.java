package dev.memcollab.constraint;

import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /// Constraints of the query's project, and promoted ones of others, whose trigger, slots or
    /// source tasks share words with the text; best first.
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
    record Query(String text, Project project, @Nullable TaskCategory category) {}

    /// A constraint that shares words with a query.
    ///
    /// @param words BM25 score, comparable only within one search
    record Match(LearntConstraint learnt, double words) {}

    /// Runs that had a constraint in context and worked, or did not.
    record Usefulness(int helped, int harmed) {
        public static final Usefulness NONE = new Usefulness(0, 0);
    }
}
