package dev.memcollab.server.hook;

import static dev.memcollab.server.hook.Transcripts.agent;
import static dev.memcollab.server.hook.Transcripts.edits;
import static dev.memcollab.server.hook.Transcripts.returns;
import static dev.memcollab.server.hook.Transcripts.runs;
import static dev.memcollab.server.hook.Transcripts.user;
import static dev.memcollab.server.hook.Transcripts.uses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.trajectory.Outcome;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpisodesTest {
    @TempDir
    private Path directory;

    private Episode open(String... lines) throws IOException {
        return Episodes.of(Transcripts.of(directory, lines), 0, UnaryOperator.identity()).open()
                .orElseThrow();
    }

    @Test
    void aRecordedSessionIsCutIntoTheTasksOfItsUser() throws IOException {
        Episodes session = Episodes.of(Transcripts.session(directory), 0,
                UnaryOperator.identity());

        assertThat(session.complete()).singleElement().satisfies(dates -> {
            assertThat(dates.task()).startsWith("Read the dates");
            assertThat(dates.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(dates.feedback()).isEqualTo("thanks!");
            assertThat(dates.model()).isEqualTo("claude-opus-4-6");
            assertThat(dates.steps()).extracting(Step::kind).containsExactly(Step.Kind.THOUGHT,
                    Step.Kind.ACTION, Step.Kind.OBSERVATION, Step.Kind.ACTION,
                    Step.Kind.OBSERVATION, Step.Kind.THOUGHT, Step.Kind.ACTION,
                    Step.Kind.OBSERVATION, Step.Kind.ACTION, Step.Kind.OBSERVATION,
                    Step.Kind.THOUGHT);
        });
        assertThat(session.open()).hasValueSatisfying(flag -> {
            assertThat(flag.task()).isEqualTo("Add a flag --json to the report command.");
            assertThat(flag.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(flag.recalled()).containsExactly("c-0123456789ab");
            assertThat(flag.steps()).extracting(Step::text)
                    .contains("User: No, the flag must not change what is printed without it.")
                    .noneMatch(text -> text.contains("recall_constraints"));
        });
    }

    @Test
    void passingTestsAreASuccessAndFailingOnesAFailure() throws IOException {
        assertThat(open(user("Fix it."), runs("1", "pytest"), returns("1", "4 passed in 1s"))
                .outcome()).isEqualTo(Outcome.SUCCESS);
        Episode failed = open(user("Fix it."), runs("1", "pytest"),
                returns("1", "1 failed, 3 passed"));
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(failed.feedback()).isEqualTo("1 failed, 3 passed");
    }

    @Test
    void whatIsEditedAfterTheTestsHasNotBeenJudged() throws IOException {
        assertThat(open(user("Fix it."), runs("1", "pytest"), returns("1", "4 passed in 1s"),
                edits("2")).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aCommandAfterTheTestsLeavesTheirWord() throws IOException {
        assertThat(open(user("Fix it."), runs("1", "pytest"), returns("1", "4 passed in 1s"),
                runs("2", "git commit -am fixed"), returns("2", "1 file changed")).outcome())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void theUsersWordCountsMoreThanTheTests() throws IOException {
        Episode refused = open(user("Fix it."), runs("1", "pytest"),
                returns("1", "4 passed in 1s"), user("no, that is the wrong file"));

        assertThat(refused.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(refused.feedback()).isEqualTo("no, that is the wrong file");
    }

    @Test
    void withoutEvidenceTheOutcomeIsUnknown() throws IOException {
        assertThat(open(user("Fix it."), edits("1"), returns("1", "updated"),
                agent("All done, everything works perfectly!")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anInterruptedRunIsNotJudged() throws IOException {
        assertThat(open(user("Fix it."), runs("1", "pytest"), returns("1", "1 failed"),
                user("[Request interrupted by user for tool use]")).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void praiseThatAsksForMoreEndsTheTaskAndApprovesOfIt() throws IOException {
        Episodes episodes = Episodes.of(Transcripts.of(directory, user("Fix it."), edits("1"),
                user("Great, now also write a test that shows it was broken before")), 0,
                UnaryOperator.identity());

        assertThat(episodes.complete()).singleElement().extracting(Episode::outcome)
                .isEqualTo(Outcome.SUCCESS);
        assertThat(episodes.open()).isPresent();
    }

    @Test
    void aConversationIsNoRun() throws IOException {
        assertThat(open(user("What does the parser do?"), agent("It parses.")).isRun()).isFalse();
    }

    @Test
    void whatTheAgentRecordedItselfIsKnown() throws IOException {
        assertThat(open(user("Fix it."), edits("1"),
                uses("2", "mcp__memcollab__record_trajectory", Map.of("task", "Fix it.")))
                .recordedByAgent()).isTrue();
    }

    @Test
    void ofVeryManyAndVeryLongStepsSoMuchIsKeptAsARunMayHave() throws IOException {
        var lines = new ArrayList<>(List.of(user("Fix it.")));
        for (int i = 0; i < 2_000; i++) {
            lines.add(runs("c" + i, "echo " + i));
            lines.add(returns("c" + i, "x".repeat(5_000)));
        }

        Episode episode = open(lines.toArray(String[]::new));

        assertThat(episode.steps()).hasSizeBetween(100, 400);
        assertThat(episode.steps().getFirst().text()).isEqualTo("echo 0");
        assertThat(episode.steps().get(episode.steps().size() - 2).text()).isEqualTo("echo 1999");
        assertThat(Trajectory.characters(episode.steps(), ""))
                .isLessThan(Trajectory.MAX_CHARACTERS);
    }
}
