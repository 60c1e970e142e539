package dev.memcollab.server;

import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.Margin;
import dev.memcollab.constraint.Replay;
import dev.memcollab.distill.DistillerEvent;
import dev.memcollab.trajectory.Excerpt;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says in words what the distiller does and what its checks found.
public final class Narration {
    private static final int TASK_CHARACTERS = 80;

    private Narration() {}

    public static String of(DistillerEvent event) {
        return switch (event) {
            case DistillerEvent.Started(var run) -> "run %s: \"%s\" (%s)".formatted(run.id(),
                    Excerpt.of(run.task().text(), TASK_CHARACTERS), run.outcome().label());
            case DistillerEvent.Solved(var role, var model, var passed) ->
                "%s model (%s) solves the task by itself: %s".formatted(word(role), model,
                        passed ? "passes" : "fails");
            case DistillerEvent.Contrasted(var contrast) ->
                "contrast of kind %s: \"%s\" worked, \"%s\" did not"
                        .formatted(contrast.kind().label(), contrast.preferred().agent(),
                                contrast.unpreferred().agent());
            case DistillerEvent.Diagnosed(var diagnosis) -> "diagnosis: " + diagnosis;
            case DistillerEvent.Rejected(var sentence, var rule) ->
                "rejected (%s): %s".formatted(rule, sentence);
            case DistillerEvent.Compared(var candidate, var with) ->
                "%s %s, probability %.2f (\"%s\"): %s".formatted(
                        with.same() ? "says what is known as" : "says something else than",
                        with.known().id(), with.probability(),
                        with.known().constraint().sentence(), candidate.sentence());
            case DistillerEvent.Checked(var sentence, var evidence) ->
                "checked (%s): %s".formatted(of(evidence), sentence);
            case DistillerEvent.Learnt(var learnt) -> "learnt %s (%s): %s".formatted(learnt.id(),
                    learnt.standing().label(), learnt.constraint().sentence());
            case DistillerEvent.Finished(var id, var reason) ->
                "done with run %s: %s".formatted(id, reason);
        };
    }

    /// Margins and replays in one line.
    public static String of(Evidence evidence) {
        String said = Stream.concat(evidence.margins().stream().map(Narration::of),
                evidence.replays().stream().map(Narration::of)).collect(Collectors.joining("; "));
        return said.isEmpty() ? "not checked" : said;
    }

    public static String of(Margin margin) {
        return "margin %s %+.3f nats a token".formatted(word(margin.role()), margin.nats());
    }

    public static String of(Replay replay) {
        String effect = replay.passes() ? "fails without, passes with it" : "still fails with it";
        String placebo = replay.placeboPasses() ? ", but passes with any line" : "";
        String controls = replay.controls() == 0
                ? ""
                : ", breaks %d of %d other tasks".formatted(replay.broken(), replay.controls());
        String limit = replay.broken() == 0
                ? ""
                : String.format(Locale.ROOT, ", the last at a relevance of %.2f",
                        replay.brokenAt());
        return "replay %s: %s%s%s%s".formatted(word(replay.role()), effect, placebo, controls,
                limit);
    }

    private static String word(Enum<?> role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
