package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgetTest {
    @TempDir
    private Path home;
    private Terminal terminal;

    @BeforeEach
    void aMemoryOfTwoProjects() {
        Memories.fill(home);
        terminal = new Terminal(home);
    }

    private byte[] journal() throws IOException {
        return Files.readAllBytes(home.resolve("memory/journal/000001.jsonl"));
    }

    @Test
    void aDryRunShowsWhatWouldGoAndChangesNothing() throws IOException {
        byte[] before = journal();

        Ended ended = terminal.run("forget", Memories.SORTING.id(), "--dry-run");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Runs that would go: 1",
                Memories.SORTING.id() + "  Sort the hyacinths by height.",
                "Constraints that would go: 1",
                Memories.OF_SORTING.id() + "  When hyacinths are put in order",
                "Constraints that lose sources or evidence and stay: 1", Memories.OF_BOTH.id(),
                "Copies made elsewhere, such as exports, are out of reach.");
        assertThat(journal()).isEqualTo(before);
    }

    @Test
    void aRunIsForgottenWithWhatWasLearntFromIt() {
        Ended ended = terminal.run("forget", "--trajectory", Memories.SORTING.id(), "--yes");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Runs that are gone: 1", Memories.OF_SORTING.id(),
                "are out of reach");
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            assertThat(store.all()).containsExactly(Memories.OF_DIVIDING, Memories.OF_BOTH,
                    Memories.OF_COUNTING);
            assertThat(store.trajectoryIds()).containsExactly(Memories.DIVIDING.id(),
                    Memories.COUNTING.id());
        }
        assertThat(terminal.run("export", "-").out()).doesNotContain("hyacinth");
    }

    @Test
    void aConstraintIsForgottenAndItsRunStays() {
        Ended ended = terminal.run("forget", Memories.OF_COUNTING.id(), "--yes", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().path("dry_run").asBoolean()).isFalse();
        assertThat(ended.json().path("trajectories")).isEmpty();
        assertThat(ended.json().path("constraints").path(0).path("id").asString())
                .isEqualTo(Memories.OF_COUNTING.id());
        assertThat(ended.json().path("constraints").path(0).path("text").asString())
                .startsWith("When crocuses are counted");
        assertThat(terminal.run("show", Memories.COUNTING.id()).code()).isZero();
        assertThat(terminal.run("show", Memories.OF_COUNTING.id()).code()).isOne();
    }

    @Test
    void aProjectIsForgottenWhole() {
        Ended ended = terminal.run("forget", "--project", "shop", "--yes");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Runs that are gone: 2",
                "Constraints that are gone: 3");
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            assertThat(store.all()).containsExactly(Memories.OF_COUNTING);
        }
    }

    @Test
    void aProjectThatHoldsNothingIsNotAnError() {
        Ended ended = terminal.run("forget", "--project", "nowhere");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("There is nothing of it in memory.%n".formatted());
    }

    @Test
    void withoutATerminalAYesIsNeeded() throws IOException {
        byte[] before = journal();

        Ended ended = terminal.run("forget", Memories.SORTING.id());

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("--yes must be given", "--dry-run");
        assertThat(journal()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-000000000000", "t-0000000000000000"})
    void whatIsNotInMemoryIsNamed(String id) {
        Ended ended = terminal.run("forget", id, "--yes");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("must name a", "got \"" + id + "\"");
    }

    @Test
    void anIdOfNoKindIsRefused() {
        assertThat(terminal.run("forget", "nonsense", "--yes").err())
                .contains("ID must begin with c- (a constraint) or t- (a run), got \"nonsense\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forget", "forget --yes", "forget c-1 --project shop",
            "forget --trajectory t-1 --project shop"})
    void exactlyOneThingIsForgottenAtATime(String line) {
        assertThat(terminal.run(line.split(" ")).code()).isEqualTo(2);
    }

    @Test
    void theHelpSaysWhatIsOutOfReach() {
        assertThat(terminal.run("forget", "--help").out().replaceAll("\\s+", " "))
                .contains("Copies that were made elsewhere, such as exports, are out of reach.");
    }
}
