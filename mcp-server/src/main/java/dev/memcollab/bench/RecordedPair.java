package dev.memcollab.bench;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Trajectory.Report;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The bundled runs that `pair.json` has: two of about 700 tokens at one task, which failed and which
/// worked.
///
/// @param tests the task's verifier
record RecordedPair(String task, String tests, List<RecordedRun> runs) {
    private static final Project PROJECT = new Project("bench");

    /// One of the two.
    record RecordedRun(String outcome, String agent, List<RecordedStep> steps) {
        RecordedRun {
            steps = List.copyOf(steps);
        }
    }

    /// A step of one of them.
    record RecordedStep(String kind, String text) {
        Step step() {
            return new Step(Step.Kind.parse(kind), text);
        }
    }

    RecordedPair {
        runs = List.copyOf(runs);
    }

    static RecordedPair bundled() {
        try (InputStream in = RecordedPair.class.getResourceAsStream("pair.json")) {
            if (in == null) {
                throw new IllegalStateException("pair.json is missing beside RecordedPair");
            }
            return JsonMapper.shared().readValue(in, RecordedPair.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The runs, a second apart.
    List<Trajectory> trajectories() {
        var about = new Task(task, null, PROJECT, null, new Verifier.Tests(tests));
        return runs.stream().map(run -> Trajectory.of(about, Outcome.parse(run.outcome()),
                run.steps().stream().map(RecordedStep::step).toList(),
                new Report(run.agent(), "", List.of()),
                Instant.ofEpochSecond(runs.indexOf(run)))).toList();
    }
}
