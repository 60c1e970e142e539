package dev.memcollab.memory;

import dev.memcollab.constraint.ConstraintMemory.Usefulness;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.Ruling;
import dev.memcollab.memory.Event.Approved;
import dev.memcollab.memory.Event.Attempted;
import dev.memcollab.memory.Event.Distilled;
import dev.memcollab.memory.Event.Entry;
import dev.memcollab.memory.Event.Foreign;
import dev.memcollab.memory.Event.Forgotten;
import dev.memcollab.memory.Event.Learnt;
import dev.memcollab.memory.Event.Promoted;
import dev.memcollab.memory.Event.Recorded;
import dev.memcollab.memory.Event.Tried;
import dev.memcollab.memory.Event.Witnessed;
import dev.memcollab.memory.Line.Place;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Failures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
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
/// Of trajectories and constraints it keeps what they are looked up by, and where they are; their
/// texts stay in the journal. Not thread-safe.
final class Projection {
    final SequencedMap<String, Recording> recordings = new LinkedHashMap<>();
    final Map<TaskKey, SequencedSet<String>> runsOfTask = new HashMap<>();
    final SequencedSet<String> pending = new LinkedHashSet<>();
    final Map<String, Distillation> distillations = new HashMap<>();
    final Map<String, Failures> failures = new HashMap<>();
    final Map<String, SequencedSet<LocalAttempt>> attempts = new HashMap<>(); // by model
    final SequencedMap<String, Known> constraints = new LinkedHashMap<>();
    /// The first id of a text that is the same in all projects.
    final Map<Long, String> firstOfText = new HashMap<>();
    final List<Change> changes = new ArrayList<>();
    final Map<String, Usefulness> usefulness = new HashMap<>();
    final Set<String> witnesses = new HashSet<>();
    final Set<String> forgottenTrajectories = new HashSet<>();
    final Set<String> forgottenConstraints = new HashSet<>();
    boolean unfinishedForgetting;

    /// Of a trajectory, what it is looked up by.
    record Recording(Place place, String project, @Nullable TaskCategory category,
            boolean verifiable) {}

    /// Of a constraint, what it is looked up by.
    ///
    /// @param places of the lines that add up to it
    /// @param textKey the same for the same text in all projects
    /// @param compared whether one of its sources was more than told
    record Known(List<Place> places, Scope scope, Instant learntAt, long textKey,
            boolean compared, Ruling ruling) {
        public Known {
            places = List.copyOf(places);
        }

        Known with(Ruling more) {
            return new Known(places, scope, learntAt, textKey, compared, ruling.with(more));
        }
    }

    /// A line of the journal after which a constraint was another than before.
    record Change(Place place, String constraintId) {}

    /// What two runs of one task have in common; the hash stands for the words, so that the runs of
    /// equal keys must still be compared.
    record TaskKey(String project, boolean given, int hash) {}

    private static final Project EVERYWHERE = new Project("global");
    private static final Ruling APPROVED = new Ruling(true, false);
    private static final Ruling PROMOTED = new Ruling(false, true);

    void apply(Entry entry, Place place) {
        switch (entry.event()) {
            case Recorded(Trajectory trajectory) -> record(trajectory, place);
            case Learnt(LearntConstraint constraint) -> learn(constraint, place);
            case Distilled(Distillation distillation) -> {
                distillations.put(distillation.trajectoryId(), distillation);
                pending.remove(distillation.trajectoryId());
                failures.remove(distillation.trajectoryId());
            }
            case Tried(var trial) ->
                failures.put(trial.trajectoryId(), failures(trial.trajectoryId()).after(trial));
            case Attempted(LocalAttempt attempt) ->
                attempts.computeIfAbsent(attempt.model(), _ -> new LinkedHashSet<>())
                        .addLast(attempt);
            case Witnessed(String constraintId, boolean helped) ->
                witness(entry.id(), constraintId, helped);
            case Approved(String constraintId) ->
                rule(constraintId, APPROVED, place);
            case Promoted(String constraintId) ->
                rule(constraintId, PROMOTED, place);
            case Forgotten forgotten -> forget(forgotten);
            case Foreign _ -> {
                // What may be ignored.
            }
        }
    }

    private void record(Trajectory trajectory, Place place) {
        Task task = trajectory.task();
        var recording = new Recording(place, task.project().name(), task.category(),
                task.verifier() != null);
        if (recordings.putIfAbsent(trajectory.id(), recording) == null) {
            forgottenTrajectories.remove(trajectory.id()); // recorded anew
            keys(task).forEach(key -> runsOfTask.computeIfAbsent(key, _ -> new LinkedHashSet<>())
                    .add(trajectory.id()));
            if (!distillations.containsKey(trajectory.id())) {
                pending.add(trajectory.id());
            }
        }
    }

    private void learn(LearntConstraint learnt, Place place) {
        String id = learnt.id();
        Known known = constraints.get(id);
        long textKey = textKey(learnt);
        boolean compared = (known != null && known.compared()) || !learnt.isOnlyTold();
        if (known == null) {
            constraints.put(id, new Known(List.of(place), learnt.scope(), learnt.learntAt(),
                    textKey, compared, Ruling.NONE));
        } else {
            var places = new ArrayList<>(known.places());
            places.add(place);
            constraints.put(id, new Known(places, known.scope(), known.learntAt(), textKey,
                    compared, known.ruling()));
        }
        changes.add(new Change(place, id));
        String first = compared ? firstOfText.putIfAbsent(textKey, id) : null;
        if (first != null && !first.equals(id)) {
            rule(first, PROMOTED, place);
            rule(id, PROMOTED, place);
        }
    }

    /// The number in an id that is the same in all projects.
    private static long textKey(LearntConstraint learnt) {
        String id = LearntConstraint.idOf(learnt.constraint(), EVERYWHERE);
        return HexFormat.fromHexDigitsToLong(id, id.indexOf('-') + 1, id.length());
    }

    /// Lines of what is forgotten that came before are an order not carried out yet.
    private void forget(Forgotten forgotten) {
        forgottenTrajectories.addAll(forgotten.trajectories());
        forgottenConstraints.addAll(forgotten.constraints());
        unfinishedForgetting |= forgotten.trajectories().stream().anyMatch(recordings::containsKey)
                || forgotten.constraints().stream().anyMatch(constraints::containsKey);
        for (String id : forgotten.trajectories()) {
            recordings.remove(id);
            pending.remove(id);
        }
        for (String id : forgotten.constraints()) {
            constraints.remove(id);
        }
    }

    /// What was ever forgotten and has not been recorded anew.
    Pruning forgotten() {
        return new Pruning(new Forgotten(forgottenTrajectories, forgottenConstraints), Set.of());
    }

    /// Whether what was to be forgotten is still in the journal, since its process died.
    boolean isForgettingUnfinished() {
        return unfinishedForgetting;
    }

    private void rule(String constraintId, Ruling ruling, Place place) {
        Known known = constraints.get(constraintId);
        if (known != null && !known.with(ruling).equals(known)) {
            constraints.put(constraintId, known.with(ruling));
            changes.add(new Change(place, constraintId));
        }
    }

    private void witness(String eventId, String constraintId, boolean helped) {
        if (witnesses.add(eventId)) {
            Usefulness before = usefulness(constraintId);
            usefulness.put(constraintId, new Usefulness(before.helped() + (helped ? 1 : 0),
                    before.harmed() + (helped ? 0 : 1)));
        }
    }

    Optional<Recording> recording(String trajectoryId) {
        return Optional.ofNullable(recordings.get(trajectoryId));
    }

    /// Runs that may be of the task, in the order of the journal.
    List<Recording> runsLike(Task task) {
        Set<String> like = new HashSet<>();
        keys(task).map(runsOfTask::get).filter(Objects::nonNull).forEach(like::addAll);
        return like.stream().flatMap(id -> recording(id).stream())
                .sorted((a, b) -> a.place().compareTo(b.place())).toList();
    }

    List<Recording> pending() {
        return pending.stream().flatMap(id -> recording(id).stream()).toList();
    }

    Optional<Recording> newestPending() {
        return pending.isEmpty() ? Optional.empty() : recording(pending.getLast());
    }

    boolean isPending(String trajectoryId) {
        return pending.contains(trajectoryId);
    }

    boolean hasWitness(String eventId) {
        return witnesses.contains(eventId);
    }

    /// Whether a person wanted it, or a run that it rests on, gone.
    boolean isForgotten(LearntConstraint constraint) {
        return forgottenConstraints.contains(constraint.id())
                || constraint.sources().stream().flatMap(source -> source.trajectories().stream())
                        .anyMatch(forgottenTrajectories::contains);
    }

    int pendingCount() {
        return pending.size();
    }

    Failures failures(String trajectoryId) {
        return failures.getOrDefault(trajectoryId, Failures.NONE);
    }

    List<Recording> passedBy(String model, TaskCategory category, int limit) {
        SequencedSet<LocalAttempt> made = attempts.getOrDefault(model, new LinkedHashSet<>());
        return made.reversed().stream().filter(LocalAttempt::passed)
                .map(LocalAttempt::trajectoryId).distinct().flatMap(id -> recording(id).stream())
                .filter(Recording::verifiable)
                .filter(recording -> recording.category() == null
                        || category.equals(recording.category()))
                .limit(limit).toList();
    }

    /// Those whose category was told, the last first.
    List<Recording> told(int limit) {
        return recordings.sequencedValues().reversed().stream()
                .filter(recording -> recording.category() != null).limit(limit).toList();
    }

    boolean holds(LocalAttempt attempt) {
        SequencedSet<LocalAttempt> made = attempts.get(attempt.model());
        return made != null && made.contains(attempt);
    }

    Optional<Distillation> distillation(String trajectoryId) {
        return Optional.ofNullable(distillations.get(trajectoryId));
    }

    Optional<Known> known(String constraintId) {
        return Optional.ofNullable(constraints.get(constraintId));
    }

    int learntSince(Scope scope, Instant since) {
        return (int) constraints.values().stream().filter(known -> known.scope().equals(scope))
                .filter(known -> !known.learntAt().isBefore(since)).count();
    }

    Usefulness usefulness(String constraintId) {
        return usefulness.getOrDefault(constraintId, Usefulness.NONE);
    }

    /// What has happened to the constraints, oldest first.
    List<Change> changes() {
        return changes;
    }

    /// How many changes an index covers that goes up to this line; -1 where there is no such line.
    int changesUpTo(Place last) {
        int low = 0;
        int high = changes.size();
        while (low < high) { // the first change behind the line
            int middle = (low + high) >>> 1;
            if (changes.get(middle).place().compareTo(last) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && changes.get(low - 1).place().equals(last) ? low : -1;
    }

    private static Stream<TaskKey> keys(Task task) {
        String project = task.project().name();
        var words = new TaskKey(project, false, task.normalisedText().hashCode());
        return task.givenId() == null
                ? Stream.of(words)
                : Stream.of(words, new TaskKey(project, true, task.givenId().hashCode()));
    }
}
