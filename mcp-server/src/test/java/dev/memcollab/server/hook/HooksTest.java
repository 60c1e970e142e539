package dev.memcollab.server.hook;

import static dev.memcollab.server.hook.Transcripts.edits;
import static dev.memcollab.server.hook.Transcripts.returns;
import static dev.memcollab.server.hook.Transcripts.runs;
import static dev.memcollab.server.hook.Transcripts.user;
import static dev.memcollab.server.hook.Transcripts.uses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.memory.Redaction;
import dev.memcollab.server.FakeMemory;
import dev.memcollab.server.RecordRequest;
import dev.memcollab.trajectory.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class HooksTest {
    @TempDir
    private Path directory;
    private final FakeMemory memory = new FakeMemory();

    private Optional<String> run(HookEvent event, Path transcript, String prompt, String source)
            throws IOException {
        return run(Clock.systemUTC(), "s-1", event, transcript, prompt, source);
    }

    private Optional<String> run(Clock clock, String session, HookEvent event, Path transcript,
            String prompt, String source) throws IOException {
        return new Hooks(memory, new Redaction(), new HookSessions(directory.resolve("hooks")),
                clock)
                .run(new HookCall(event, session, transcript, directory, prompt, source));
    }

    private Optional<String> ask(Path transcript, String prompt) throws IOException {
        return run(HookEvent.USER_PROMPT_SUBMIT, transcript, prompt, "");
    }

    private void stop(Path transcript) throws IOException {
        assertThat(run(HookEvent.STOP, transcript, "", "")).isEmpty();
    }

    private void end(Path transcript) throws IOException {
        assertThat(run(HookEvent.SESSION_END, transcript, "", "")).isEmpty();
    }

    private static String context(String output) {
        return JsonMapper.shared().readTree(output).path("hookSpecificOutput")
                .path("additionalContext").asString();
    }

    @Test
    void aPromptThatSomethingIsKnownOfIsGivenTheLinesAsAdvice() throws IOException {
        String output = ask(Transcripts.of(directory), "divide the sum by the count")
                .orElseThrow();

        assertThat(JsonMapper.shared().readTree(output).path("hookSpecificOutput")
                .path("hookEventName").asString()).isEqualTo("UserPromptSubmit");
        assertThat(context(output)).contains("not instructions",
                "\n- [c-1] When dividing, enforce a check for zero; avoid catching the error.")
                .hasSizeLessThan(300 * 4);
    }

    @Test
    void aPromptThatNothingIsKnownOfIsLeftAlone() throws IOException {
        assertThat(ask(Transcripts.of(directory), "sort the names")).isEmpty();
        assertThat(ask(Transcripts.of(directory), " ")).isEmpty();
    }

    @Test
    void aCorrectionIsWhatHasJustFailedAtTheTaskThatGoesOn() throws IOException {
        Path transcript = Transcripts.of(directory, user("divide the sum by the count"),
                edits("1"), returns("1", "updated"));

        assertThat(ask(transcript, "no, it must not crash")).isPresent();

        assertThat(memory.recalled).singleElement().satisfies(asked -> {
            assertThat(asked.task()).isEqualTo("divide the sum by the count");
            assertThat(asked.feedback()).isEqualTo("no, it must not crash");
        });
    }

    @Test
    void aNewSessionHasNoTaskAndIsToldNothing() throws IOException {
        Path transcript = Transcripts.of(directory, user("divide the sum by the count"));

        assertThat(run(HookEvent.SESSION_START, transcript, "", "startup")).isEmpty();
        assertThat(memory.recalled).isEmpty();
    }

    @Test
    void aSessionThatGoesOnIsToldAgain() throws IOException {
        Path transcript = Transcripts.of(directory, user("divide the sum by the count"));

        assertThat(run(HookEvent.SESSION_START, transcript, "", "compact")).isPresent();
        assertThat(run(HookEvent.SESSION_START, transcript, "", "resume")).isPresent();
    }

    @Test
    void aTaskIsRecordedOnceWhenTheUserHasAskedForSomethingElse() throws IOException {
        Path transcript = Transcripts.of(directory, user("divide the sum by the count"),
                runs("1", "pytest"), returns("1", "2 passed"));
        stop(transcript);
        assertThat(memory.recorded).isEmpty();

        Files.writeString(transcript, user("sort the names by age") + "\n" + edits("2") + "\n",
                StandardOpenOption.APPEND);
        stop(transcript);
        stop(transcript);
        run(HookEvent.PRE_COMPACT, transcript, "", "");

        assertThat(memory.recorded).singleElement().satisfies(run -> {
            assertThat(run.task()).isEqualTo("divide the sum by the count");
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(run.feedback()).isEqualTo("2 passed");
        });
    }

    @Test
    void theLastTaskIsRecordedWhenTheSessionEnds() throws IOException {
        Path transcript = Transcripts.session(directory);
        stop(transcript);
        end(transcript);

        assertThat(memory.recorded).extracting(RecordRequest::outcome)
                .containsExactly(Outcome.SUCCESS, Outcome.UNKNOWN);
        assertThat(memory.recorded).extracting(RecordRequest::agent)
                .containsOnly("claude-opus-4-6");
        assertThat(memory.recorded.getLast().recalled()).containsExactly("c-0123456789ab");
    }

    @Test
    void aSessionThatIsResumedIsNotRecordedAgain() throws IOException {
        Path transcript = Transcripts.of(directory, user("divide the sum by the count"),
                edits("1"));
        end(transcript);
        Files.writeString(transcript, user("now sort the names") + "\n" + edits("2") + "\n",
                StandardOpenOption.APPEND);

        stop(transcript);
        end(transcript);
        end(transcript);

        assertThat(memory.recorded).extracting(RecordRequest::task)
                .containsExactly("divide the sum by the count", "now sort the names");
    }

    @Test
    void aSessionThatGoesOnInAnotherFileIsReadFromItsStart() throws IOException {
        end(Transcripts.of(directory, user("divide the sum by the count"), edits("1")));
        Path other = directory.resolve("other.jsonl");
        Files.writeString(other, user("sort") + "\n" + edits("2") + "\n");

        end(other);

        assertThat(memory.recorded).extracting(RecordRequest::task).contains("sort");
    }

    /// Cut first, a key would lose the line by which it is known.
    @Test
    void aSecretIsTakenOutBeforeAStepIsCut() throws IOException {
        String key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n"
                .repeat(200) + "-----END PRIVATE KEY-----";
        end(Transcripts.of(directory, user("deploy it"), runs("1", "cat deploy.pem"),
                returns("1", key)));

        assertThat(memory.recorded).singleElement().satisfies(run -> assertThat(
                run.steps().getLast().text()).contains("[redacted:private-key]")
                .doesNotContain("MIIEvQ", "END PRIVATE KEY"));
    }

    @Test
    void aRunIsToldWhichLinesTheHookHadShown() throws IOException {
        Path transcript = Transcripts.of(directory);
        assertThat(ask(transcript, "divide the sum by the count")).isPresent();
        Files.writeString(transcript,
                user("divide the sum by the count") + "\n" + edits("1") + "\n");

        end(transcript);

        assertThat(memory.recorded).singleElement()
                .satisfies(run -> assertThat(run.recalled()).containsExactly("c-1"));
    }

    @Test
    void whatTheAgentRecordedItselfIsLeftToIt() throws IOException {
        end(Transcripts.of(directory, user("divide the sum by the count"), edits("1"),
                uses("2", "mcp__memcollab__record_trajectory", Map.of("task", "divide"))));

        assertThat(memory.recorded).isEmpty();
    }

    @Test
    void aConversationIsNotRecorded() throws IOException {
        end(Transcripts.of(directory, user("what does the parser do?")));

        assertThat(memory.recorded).isEmpty();
    }

    @Test
    void aSessionThatNeverEndedIsRecordedADayLater() throws IOException {
        stop(Transcripts.of(directory, user("divide the sum by the count"), edits("1")));
        var tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));

        for (int session = 2; session <= 3; session++) {
            run(tomorrow, "s-" + session, HookEvent.STOP, directory.resolve("none.jsonl"), "", "");
        }

        assertThat(memory.recorded).singleElement()
                .satisfies(run -> assertThat(run.task()).isEqualTo("divide the sum by the count"));
    }

    @Test
    void whatIsKnownOfASessionIsForgottenAfterTwoMonths() throws IOException {
        end(Transcripts.of(directory, user("divide the sum by the count"), edits("1")));
        assertThat(directory.resolve("hooks/s-1.json")).exists();

        run(Clock.offset(Clock.systemUTC(), Duration.ofDays(61)), "s-2", HookEvent.STOP,
                directory.resolve("none.jsonl"), "", "");

        assertThat(directory.resolve("hooks/s-1.json")).doesNotExist();
    }

    @Test
    void aSessionMayHaveAnyNameAndNoTranscript() throws IOException {
        Path none = directory.resolve("none.jsonl");

        for (HookEvent event : HookEvent.values()) {
            run(Clock.systemUTC(), "../../" + "x".repeat(300), event, none, "divide it", "resume");
        }

        assertThat(memory.recorded).isEmpty();
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).extracting(Path::getFileName)
                    .map(Path::toString).containsExactly("lock");
        }
    }
}
