package dev.memcollab.trajectory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A log that forgets when its process ends.
public final class InMemoryTrajectoryLog implements TrajectoryLog {
    private final Map<String, Trajectory> trajectories = new LinkedHashMap<>();
    private final Map<String, Distillation> distillations = new LinkedHashMap<>();
    private final Map<String, Failures> failures = new HashMap<>();
    private final List<LocalAttempt> attempts = new ArrayList<>();

    @Override
    public synchronized boolean append(Trajectory trajectory) {
        return trajectories.putIfAbsent(trajectory.id(), trajectory) == null;
    }

    @Override
    public synchronized Optional<Trajectory> trajectory(String id) {
        return Optional.ofNullable(trajectories.get(id));
    }

    @Override
    public synchronized List<Trajectory> othersOf(Trajectory trajectory) {
        return trajectories.values().stream().filter(other -> !other.id().equals(trajectory.id()))
                .filter(other -> other.task().sameAs(trajectory.task())).toList();
    }

    @Override
    public synchronized List<Trajectory> pending() {
        return trajectories.values().stream()
                .filter(trajectory -> !distillations.containsKey(trajectory.id())).toList();
    }

    @Override
    public synchronized Optional<Trajectory> nextPending() {
        return pending().reversed().stream().findFirst();
    }

    @Override
    public synchronized void tried(Trial trial) {
        requireKnown(trial.trajectoryId());
        failures.put(trial.trajectoryId(), failures(trial.trajectoryId()).after(trial));
    }

    @Override
    public synchronized Failures failures(String trajectoryId) {
        return failures.getOrDefault(trajectoryId, Failures.NONE);
    }

    @Override
    public synchronized void distilled(Distillation distillation) {
        requireKnown(distillation.trajectoryId());
        distillations.put(distillation.trajectoryId(), distillation);
    }

    @Override
    public synchronized Optional<Distillation> distillation(String trajectoryId) {
        return Optional.ofNullable(distillations.get(trajectoryId));
    }

    @Override
    public synchronized void attempted(LocalAttempt attempt) {
        requireKnown(attempt.trajectoryId());
        attempts.add(attempt);
    }

    @Override
    public synchronized List<Trajectory> passedBy(String model, TaskCategory category, int limit) {
        return attempts.reversed().stream().filter(LocalAttempt::passed)
                .filter(attempt -> attempt.model().equals(model))
                .map(LocalAttempt::trajectoryId).distinct().flatMap(id -> trajectory(id).stream())
                .filter(trajectory -> trajectory.task().verifier() != null)
                .filter(trajectory -> trajectory.task().category() == null
                        || category.equals(trajectory.task().category()))
                .limit(limit).toList();
    }

    @Override
    public synchronized List<Task> told(int limit) {
        return trajectories.values().stream().toList().reversed().stream().map(Trajectory::task)
                .filter(task -> task.category() != null).limit(limit).toList();
    }

    @Override
    public synchronized int trajectories() {
        return trajectories.size();
    }

    private void requireKnown(String id) {
        if (!trajectories.containsKey(id)) {
            throw new IllegalArgumentException(
                    "trajectory_id must name a recorded run, got \"%s\"".formatted(id));
        }
    }
}
