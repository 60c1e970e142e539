package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.memory.DiskIndex.Extent;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Foreign;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state that the journal's events add up to, in the order of the journal.
///
/// Constraints are kept whole; of trajectories only what they are looked up by, and where they are.
/// Not thread-safe.
final class Projection {
    private final SequencedMap<String, Recording> recordings = new LinkedHashMap<>();
    private final Map<TaskKey, SequencedSet<String>> runsOfTask = new HashMap<>();
    private final SequencedSet<String> pending = new LinkedHashSet<>();
    private final Map<String, Distillation> distillations = new HashMap<>();
    private final Map<String, SequencedSet<String>> passedBy = new HashMap<>(); // by model
    private final SequencedMap<String, LearntConstraint> constraints = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Usefulness> usefulness = new HashMap<>();
    private final Set<String> witnesses = new HashSet<>();

    /// Of a trajectory, what it is looked up by.
    record Recording(Place place, @Nullable TaskCategory category, boolean verifiable) {}

    /// A line of the journal after which a constraint was another than before.
    record Change(Place place, String constraintId) {}

    /// What two runs of one task have in common; the hash stands for the words, so that the runs of
    /// equal keys must still be compared.
    private record TaskKey(Project project, boolean given, int hash) {}

    void apply(Entry entry, Place place) {
        switch (entry.event()) {
            case Recorded(Trajectory trajectory) -> record(trajectory, place);
            case Learnt(LearntConstraint constraint) -> learn(constraint, place);
            case Distilled(Distillation distillation) -> {
                distillations.put(distillation.trajectoryId(), distillation);
                pending.remove(distillation.trajectoryId());
            }
            case Attempted(LocalAttempt attempt) -> {
                if (attempt.passed()) {
                    passedBy.computeIfAbsent(attempt.model(), _ -> new LinkedHashSet<>())
                            .addLast(attempt.trajectoryId());
                }
            }
            case Witnessed(String constraintId, boolean helped) ->
                witness(entry.id(), constraintId, helped);
            case Foreign _ -> {
                // What may be ignored.
            }
        }
    }

    private void record(Trajectory trajectory, Place place) {
        Task task = trajectory.task();
        var recording = new Recording(place, task.category(), task.verifier() != null);
        if (recordings.putIfAbsent(trajectory.id(), recording) == null) {
            keys(task).forEach(key -> runsOfTask.computeIfAbsent(key, _ -> new LinkedHashSet<>())
                    .add(trajectory.id()));
            if (!distillations.containsKey(trajectory.id())) {
                pending.add(trajectory.id());
            }
        }
    }

    private void learn(LearntConstraint constraint, Place place) {
        LearntConstraint known = constraints.get(constraint.id());
        LearntConstraint after = known == null ? constraint : known.with(constraint);
        if (!after.equals(known)) {
            constraints.put(constraint.id(), after);
            changes.add(new Change(place, constraint.id()));
        }
    }

    private void witness(String eventId, String constraintId, boolean helped) {
        if (witnesses.add(eventId)) {
            Usefulness before = usefulness(constraintId);
            usefulness.put(constraintId, new Usefulness(before.helped() + (helped ? 1 : 0),
                    before.harmed() + (helped ? 0 : 1)));
        }
    }

    /// Whether an event would change nothing.
    boolean holds(Event event) {
        return switch (event) {
            case Recorded(Trajectory trajectory) -> recordings.containsKey(trajectory.id());
            case Learnt(LearntConstraint constraint) -> {
                LearntConstraint known = constraints.get(constraint.id());
                yield known != null && known.equals(known.with(constraint));
            }
            case Distilled(Distillation distillation) ->
                distillation.equals(distillations.get(distillation.trajectoryId()));
            case Witnessed(String constraintId, boolean _) ->
                !constraints.containsKey(constraintId);
            case Attempted _,Foreign _ -> false;
        };
    }

    Optional<Recording> recording(String trajectoryId) {
        return Optional.ofNullable(recordings.get(trajectoryId));
    }

    /// Runs that may be of the task, in the order of the journal.
    List<Recording> runsLike(Task task) {
        Set<String> alike = new HashSet<>();
        keys(task).map(runsOfTask::get).filter(Objects::nonNull).forEach(alike::addAll);
        return alike.stream().flatMap(id -> recording(id).stream())
                .sorted((a, b) -> Long.compare(a.place().start().offset(),
                        b.place().start().offset()))
                .toList();
    }

    List<Recording> pending() {
        return pending.stream().flatMap(id -> recording(id).stream()).toList();
    }

    int pendingCount() {
        return pending.size();
    }

    List<Recording> passedBy(String model, TaskCategory category, int limit) {
        SequencedSet<String> passed = passedBy.getOrDefault(model, new LinkedHashSet<>());
        return passed.reversed().stream().flatMap(id -> recording(id).stream())
                .filter(recording -> recording.verifiable())
                .filter(recording -> category.equals(recording.category())).limit(limit).toList();
    }

    Optional<Distillation> distillation(String trajectoryId) {
        return Optional.ofNullable(distillations.get(trajectoryId));
    }

    int trajectories() {
        return recordings.size();
    }

    Optional<LearntConstraint> constraint(String id) {
        return Optional.ofNullable(constraints.get(id));
    }

    List<LearntConstraint> constraints() {
        return List.copyOf(constraints.values());
    }

    int constraintCount() {
        return constraints.size();
    }

    Usefulness usefulness(String constraintId) {
        return usefulness.getOrDefault(constraintId, Usefulness.NONE);
    }

    /// What has happened to the constraints, oldest first.
    List<Change> changes() {
        return changes;
    }

    /// How many changes an index of this extent covers; -1 where it is not of this journal.
    int changesUpTo(Extent extent) {
        if (extent.equals(Extent.NOTHING)) {
            return 0;
        }
        int low = 0;
        int high = changes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Place place = changes.get(middle).place();
            int order = Long.compare(place.end().offset(), extent.offset());
            if (order == 0) {
                return place.seal().equals(extent.seal()) ? middle + 1 : -1;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static Stream<TaskKey> keys(Task task) {
        var words = new TaskKey(task.project(), false, task.normalisedText().hashCode());
        return task.givenId() == null
                ? Stream.of(words)
                : Stream.of(words,
                        new TaskKey(task.project(), true, task.givenId().hashCode()));
    }
}
