package dev.memcollab.constraint;

import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.TaskCategory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A constraint in memory, with all that can be asked about it.
///
/// Its id is the digest of project and normalised text: learnt again it is the same constraint with
/// one more source, whatever crashed in between.
public record LearntConstraint(String id, Constraint constraint, Scope scope,
        List<Source> sources, Evidence evidence, Ruling ruling, Instant learntAt) {
    public LearntConstraint {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources must hold at least one contrast, got none");
        }
    }

    public static LearntConstraint of(Constraint constraint, Scope scope, Source source,
            Evidence evidence, Instant learntAt) {
        return new LearntConstraint(idOf(constraint, scope.project()), constraint, scope,
                List.of(source), evidence, Ruling.NONE, learntAt);
    }

    public static String idOf(Constraint constraint, Project project) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(project.name().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            sha.update(constraint.normalised().getBytes(StandardCharsets.UTF_8));
            return "c-" + HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public Standing standing() {
        if (ruling.approved()) {
            return Standing.APPROVED;
        }
        if (weakensSafeguard()) {
            return Standing.CANDIDATE;
        }
        if (evidence.standing() == Standing.VERIFIED) {
            return Standing.VERIFIED;
        }
        return isCorroborated() ? Standing.CORROBORATED : Standing.CANDIDATE;
    }

    /// Whether it speaks against what keeps people and data safe. Tests tell that code works, not
    /// that it is safe, and repetition tells less; so nothing but a person's approval makes such a
    /// rule active.
    public boolean weakensSafeguard() {
        return Safeguards.weakenedBy(constraint);
    }

    /// Whether two contrasts led to it that share neither a recorded run nor a task, and in
    /// which nobody had said it before: one bad source read in two runs is still one source.
    private boolean isCorroborated() {
        return !evidence.breaksControls() && sources.stream().anyMatch(
                one -> sources.stream().anyMatch(other -> one.isIndependentOf(other)));
    }

    /// Whether nothing shows yet how far it reaches: a general rule of one task, which nobody approved or
    /// promoted. A rule about things reaches as far as their names are said.
    public boolean isOfUnknownReach() {
        return ruling.equals(Ruling.NONE) && !constraint.isAboutThings() && !isCorroborated();
    }

    /// Whether replays speak against it: it changed nothing at its own task or, where there is nothing else to go
    /// by, nothing that any line would not have changed.
    public boolean isRefuted() {
        return evidence.isRefuted() || (isOfUnknownReach() && evidence.isTriedInVain());
    }

    /// Whether all that led to it had been read by a run before.
    public boolean isOnlyTold() {
        return sources.stream().allMatch(source -> source.kind() == ContrastKind.TOLD);
    }

    /// The same constraint with what was decided about it.
    public LearntConstraint with(Ruling more) {
        return new LearntConstraint(id, constraint, scope, sources, evidence, ruling.with(more),
                learntAt);
    }

    /// How many contrasts led to it.
    public int support() {
        return sources.size();
    }

    /// The same constraint learnt once more: sources and evidence that it did not have are added,
    /// the rest stays as it was first learnt. Adding what it has already changes nothing.
    public LearntConstraint with(LearntConstraint again) {
        if (!id.equals(again.id)) {
            throw new IllegalArgumentException(
                    "id must be %s to add to it, got %s".formatted(id, again.id));
        }
        var evidenceOfBoth = new Evidence(union(evidence.margins(), again.evidence.margins()),
                union(evidence.replays(), again.evidence.replays()));
        return new LearntConstraint(id, constraint, scope, union(sources, again.sources),
                evidenceOfBoth, ruling.with(again.ruling), learntAt);
    }

    private static <T> List<T> union(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /// What it was learnt from.
    public record Scope(Project project, TaskCategory category) {}

    /// One contrast that led to it.
    ///
    /// @param task statement of the contrast's task
    /// @param trajectories recorded runs it rests on
    /// @param weak name of the weak model then
    /// @param strong name of the strong model then
    public record Source(ContrastKind kind, String task, List<String> trajectories, String weak,
            String strong) {
        public Source {
            trajectories = List.copyOf(trajectories);
        }

        boolean isIndependentOf(Source other) {
            return kind != ContrastKind.TOLD && other.kind != ContrastKind.TOLD
                    && Collections.disjoint(trajectories, other.trajectories)
                    && !Task.normalised(task).equals(Task.normalised(other.task));
        }
    }
}
