package dev.memcollab.memory;

import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Source;
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
import dev.memcollab.memory.Line.Position;
import dev.memcollab.memory.Segment.Writers;
import dev.memcollab.trajectory.LocalAttempt;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.TrajectoryLog.Distillation;
import dev.memcollab.trajectory.TrajectoryLog.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What of each line of a journal stays when runs and constraints are forgotten.
///
/// @param forgotten what a person wants gone
/// @param unsupported constraints that rest on forgotten runs alone
record Pruning(Forgotten forgotten, Set<String> unsupported) {
    Pruning {
        unsupported = Set.copyOf(unsupported);
    }

    /// The line as it is to stand, line break included; empty where it goes.
    Optional<byte[]> kept(Line line) {
        return switch (line) {
            case Line.Damaged damaged -> verbatim(damaged);
            case Line.Intact intact -> kept(intact);
        };
    }

    private Optional<byte[]> kept(Line.Intact line) {
        Entry entry;
        try {
            entry = EventJson.read(line);
        } catch (IllegalArgumentException notAnEvent) {
            return verbatim(line);
        }
        if (entry.event() instanceof Foreign) {
            return verbatim(line);
        }
        return kept(entry).map(left -> left.equals(entry)
                ? withBreak(line.bytes())
                : Line.Seal.close(EventJson.write(left)));
    }

    /// Of what can not be read, only what names something forgotten goes.
    private Optional<byte[]> verbatim(Line line) {
        String text = new String(line.bytes(), StandardCharsets.UTF_8);
        return all().anyMatch(text::contains)
                ? Optional.empty()
                : Optional.of(withBreak(line.bytes()));
    }

    static byte[] withBreak(byte[] line) {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        return whole;
    }

    /// Whether a line stays as it is.
    boolean leaves(Line line) {
        return kept(line).filter(left -> Arrays.equals(left, withBreak(line.bytes()))).isPresent();
    }

    /// The same, with the constraints of a file that rest on what is forgotten alone.
    Pruning of(Iterable<Segment> files) throws IOException {
        var gone = new HashSet<String>(unsupported);
        var left = new HashSet<String>();
        for (Segment file : files) {
            file.scan(Position.startOf(file.number()), Writers.NEVER_AGAIN, line -> learnt(line)
                    .ifPresent(constraint -> (kept(constraint).isEmpty() ? gone : left)
                            .add(constraint.id())));
        }
        gone.removeAll(left);
        return new Pruning(forgotten, gone);
    }

    private static Optional<LearntConstraint> learnt(Line line) {
        try {
            return line instanceof Line.Intact intact
                    && EventJson.read(intact).event() instanceof Learnt(var constraint)
                            ? Optional.of(constraint)
                            : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notAnEvent) {
            return Optional.empty();
        }
    }

    private Stream<String> all() {
        return Stream.of(forgotten.trajectories(), forgotten.constraints(), unsupported)
                .flatMap(Set::stream);
    }

    /// The entry without what is forgotten; empty where nothing is left of it.
    Optional<Entry> kept(Entry entry) {
        return switch (entry.event()) {
            case Recorded(Trajectory run) -> unless(isGone(run.id()), entry);
            case Learnt(LearntConstraint constraint) -> kept(constraint)
                    .map(left -> new Entry(entry.id(), entry.at(), new Learnt(left)));
            case Distilled(Distillation made) -> isGone(made.trajectoryId())
                    ? Optional.empty()
                    : Optional.of(new Entry(entry.id(), entry.at(), new Distilled(kept(made))));
            case Tried(Trial trial) -> unless(isGone(trial.trajectoryId()), entry);
            case Attempted(LocalAttempt attempt) -> unless(isGone(attempt.trajectoryId()), entry);
            case Witnessed(String id, boolean _) -> unless(isGone(id), entry);
            case Approved(String id) -> unless(isGone(id), entry);
            case Promoted(String id) -> unless(isGone(id), entry);
            case Forgotten _,Foreign _ -> Optional.of(entry);
        };
    }

    private static Optional<Entry> unless(boolean gone, Entry entry) {
        return gone ? Optional.empty() : Optional.of(entry);
    }

    private boolean isGone(String id) {
        return forgotten.trajectories().contains(id) || forgotten.constraints().contains(id)
                || unsupported.contains(id);
    }

    private Distillation kept(Distillation made) {
        List<String> learnt = made.learnt().stream().filter(id -> !isGone(id)).toList();
        return new Distillation(made.trajectoryId(), learnt, made.reason());
    }

    /// The constraint without the sources and the evidence that rest on what is forgotten.
    Optional<LearntConstraint> kept(LearntConstraint constraint) {
        List<Source> sources = constraint.sources().stream().filter(source -> Collections
                .disjoint(source.trajectories(), forgotten.trajectories())).toList();
        if (sources.isEmpty() || isGone(constraint.id())) {
            return Optional.empty();
        }
        var evidence = new Evidence(constraint.evidence().margins(),
                constraint.evidence().replays().stream()
                        .filter(replay -> !isGone(replay.trajectoryId())).toList());
        return Optional.of(new LearntConstraint(constraint.id(), constraint.constraint(),
                constraint.scope(), sources, evidence, constraint.ruling(),
                constraint.learntAt()));
    }

    /// What goes and what changes when this is forgotten; empty where there is nothing of it.
    ///
    /// @throws IllegalArgumentException when an id names nothing
    static Optional<Planned> of(Forgettable wanted, Ledger.State state) {
        Projection now = state.projection();
        Forgotten forgotten = switch (wanted) {
            case Forgettable.OneConstraint(String id) -> {
                if (now.known(id).isEmpty()) {
                    throw new IllegalArgumentException(
                            "id must name a constraint, got \"%s\"".formatted(id));
                }
                yield new Forgotten(Set.of(), Set.of(id));
            }
            case Forgettable.OneRun(String id) -> {
                if (now.recording(id).isEmpty()) {
                    throw new IllegalArgumentException(
                            "trajectory must name a recorded run, got \"%s\"".formatted(id));
                }
                yield new Forgotten(Set.of(id), Set.of());
            }
            case Forgettable.WholeProject(Project project) -> allOf(project, state);
        };
        return forgotten.isEmpty() ? Optional.empty() : Optional.of(of(forgotten, state));
    }

    /// The runs of a project and those that its constraints name; a constraint that names none is
    /// told by its own id.
    private static Forgotten allOf(Project project, Ledger.State state) {
        var runs = new HashSet<String>();
        var constraints = new HashSet<String>();
        state.projection().recordings.forEach((id, recording) -> {
            if (recording.project().equals(project.name())) {
                runs.add(id);
            }
        });
        for (var known : Map.copyOf(state.projection().constraints).entrySet()) {
            if (known.getValue().scope().project().equals(project)) {
                for (Source source : state.constraint(known.getKey()).orElseThrow().sources()) {
                    runs.addAll(source.trajectories());
                    if (source.trajectories().isEmpty()) {
                        constraints.add(known.getKey());
                    }
                }
            }
        }
        return new Forgotten(runs, constraints);
    }

    /// What goes and what changes when these are forgotten.
    static Planned of(Forgotten forgotten, Ledger.State state) {
        var bare = new Pruning(forgotten, Set.of());
        var unsupported = new HashSet<String>();
        var weakened = new HashSet<String>();
        for (String id : List.copyOf(state.projection().constraints.keySet())) {
            LearntConstraint constraint = state.constraint(id).orElseThrow();
            Optional<LearntConstraint> left = bare.kept(constraint);
            if (left.isEmpty()) {
                unsupported.add(id);
            } else if (!left.get().equals(constraint)) {
                weakened.add(id);
            }
        }
        unsupported.removeAll(forgotten.constraints());
        return new Planned(new Pruning(forgotten, unsupported), weakened);
    }

    /// A pruning with what it does to what stays.
    ///
    /// @param weakened constraints that lose some of their sources or evidence
    record Planned(Pruning pruning, Set<String> weakened) {
        Planned {
            weakened = Set.copyOf(weakened);
        }

        Forgetting forgetting() {
            return new Forgetting(List.copyOf(pruning.forgotten().trajectories()),
                    Stream.concat(pruning.forgotten().constraints().stream(),
                            pruning.unsupported().stream()).toList(),
                    List.copyOf(weakened));
        }
    }
}
