package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.distill.Distiller;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.merge.MergeSearch;
import dev.memcollab.model.ModelPair;
import dev.memcollab.model.ScriptedLanguageModel;
import dev.memcollab.recall.Reach;
import dev.memcollab.recall.TaskClassifier;
import dev.memcollab.server.Narration;
import dev.memcollab.server.hook.Transcripts;
import dev.memcollab.solve.Solver;
import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.verify.TaskVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HookTest {
    @TempDir
    private Path home;
    @TempDir
    private Path work;
    private Terminal terminal;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void aHome() {
        terminal = new Terminal(home);
    }

    private Ended hook(String event, Map<String, String> more) {
        var fields = new HashMap<>(more);
        fields.putIfAbsent("session_id", "s-1");
        fields.put("cwd", work.toString());
        return terminal.runWith(JsonMapper.shared().writeValueAsString(fields), "hook", event,
                "--timeout", "60000");
    }

    @Test
    void aRecordedSessionEndsInRunsAndInALineForTheNextSession() throws Exception {
        Path transcript = Transcripts.session(work);

        Ended ended = hook("session-end", Map.of("transcript_path", transcript.toString()));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
        distil();
        Ended next = hook("user-prompt-submit", Map.of("session_id", "s-2", "prompt",
                "Read the birth dates from the file of members and check them."));
        assertThat(next.code()).as(next.err()).isZero();
        assertThat(next.json().path("hookSpecificOutput").path("additionalContext").asString())
                .as(String.join("\n", told))
                .contains(
                        "When dates are read from a file, enforce parsing each as a calendar date");
        assertThat(hook("user-prompt-submit", Map.of("prompt", "Paint the shed green.")).out())
                .isEmpty();
    }

    /// With models that say what the recorded session shows.
    private void distil() throws InterruptedException {
        var strong = new ScriptedLanguageModel("small").scoring((_, _) -> -1)
                .when(prompt -> prompt.answerPrefix().endsWith("When"),
                        " dates are read from a file")
                .when(prompt -> prompt.answerPrefix().endsWith(", enforce"),
                        " parsing each as a calendar date")
                .when(prompt -> prompt.answerPrefix().endsWith("; avoid"),
                        " matching the shape of the digits alone")
                .otherwise(" let impossible days through.");
        var weak = new ScriptedLanguageModel("tiny").scoring((_, _) -> -1);
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            List<Trajectory> runs = store.trajectoryIds().stream()
                    .map(id -> store.trajectory(id).orElseThrow()).toList();
            assertThat(runs).extracting(Trajectory::outcome).containsExactly(Outcome.SUCCESS,
                    Outcome.UNKNOWN);
            var distiller = new Distiller(store, store, new Solver(TaskVerifier.withoutCode()),
                    Reach.byWords(TaskClassifier.withOwnTaxonomy()), MergeSearch.none(store),
                    Distiller.Policy.BACKGROUND, Clock.systemUTC(),
                    event -> told.add(Narration.of(event)));
            for (Trajectory run : runs) {
                distiller.distil(run, new ModelPair(weak, strong));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}",
            "{\"session_id\":\"s\",\"cwd\":\"\\u0000\"}"})
    void whatFailsIsLoggedAndTheAgentGoesOn(String input) throws IOException {
        Ended ended = terminal.runWith(input, "hook", "user-prompt-submit",
                "--timeout", "60000");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(Files.readString(home.resolve("log/hooks.log"))).contains("user-prompt-submit");
    }

    @Test
    void aHomeThatCanNotBeWrittenStopsNobody() throws IOException {
        Files.createFile(home.resolve("memory"));

        Ended ended = hook("user-prompt-submit", Map.of("prompt", "Count the words."));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void whatComesTooLateIsNotSaid() throws IOException {
        Ended ended = terminal.runWith("{}", "hook", "user-prompt-submit", "--timeout", "0");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(Files.readString(home.resolve("log/hooks.log"))).contains("not done in time");
    }

    /// Exit code 2 would block the user's prompt.
    @Test
    void anUnknownEventIsAnErrorThatBlocksNothing() {
        Ended ended = terminal.run("hook", "lunch");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("EVENT must be one of session-start", "got \"lunch\"");
    }
}
