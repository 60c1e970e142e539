package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.ContrastKind;
import dev.memcollab.constraint.Evidence;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.constraint.Margin;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.project.ProjectFinder;
import dev.memcollab.server.stdio.ProtocolStreams;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.TaskCategory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String RUN = """
            {"task": "Divide the sum by the count.", "outcome": "failure", "project": "shop",
             "steps": [{"kind": "action", "text": "return a / b"}], "feedback": "ZeroDivisionError"}
            """;
    private static final LearntConstraint DIVIDING = LearntConstraint.of(
            new Constraint("dividing by a number that may be zero",
                    "a check for zero before the division", "catching the error afterwards"),
            new Scope(new Project("shop"), new TaskCategory("code", "arithmetic")),
            new Source(ContrastKind.RECORDED_PAIR, "Divide.", List.of("t-1", "t-2"), "tiny",
                    "small"),
            new Evidence(List.of(new Margin(ModelRole.WEAK, "tiny", 0.5)), List.of()),
            Instant.parse("2026-11-01T12:00:00Z"));
    private static final String FITTING = "Divide the total by the count, which may be zero.";

    @TempDir
    private Path directory;
    private Path home;
    private Terminal terminal;

    @BeforeEach
    void theHomeIsNotThereYet() {
        home = directory.resolve("home");
        terminal = new Terminal(home);
    }

    private void learnDividing() {
        try (var store = MemoryStore.open(home.resolve("memory"))) {
            store.learn(DIVIDING);
        }
    }

    private String recorded() {
        return terminal.runWith(RUN, "record", "-", "--json").json().path("trajectory_id")
                .asString();
    }

    @Test
    void recordReadsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("run.json"), RUN);

        Ended ended = terminal.run("record", file.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("Recorded as t-").contains("(waiting)");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void recordReadsStandardInput() {
        Ended ended = terminal.runWith(RUN, "record", "-", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().path("status").asString()).isEqualTo("waiting");
        assertThat(ended.json().path("queue").path("position").asInt()).isZero();
    }

    @Test
    void aRunWithoutAFieldIsRefusedByName() {
        Ended ended = terminal.runWith("{\"task\": \"Divide.\"}", "record", "-");

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("memcollab: ").contains("outcome");
    }

    @Test
    void aRunThatIsNoJsonIsRefused() {
        Ended ended = terminal.runWith("hello", "record", "-");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).startsWith("memcollab: - must hold one JSON object: ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ended ended = terminal.run("record", directory.resolve("none.json").toString());

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).startsWith("memcollab: ").contains("none.json does not exist");
    }

    @Test
    void whatCouldNotBeWrittenIsNoSuccess() {
        var full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left on device");
            }
        };

        assertThat(Main.run(new ProtocolStreams(InputStream.nullInputStream(), full), "--home",
                directory.toString(), "status")).isOne();
    }

    @Test
    void recallShowsAdviceThatFits() {
        learnDividing();

        Ended ended = terminal.run("recall", FITTING, "--project", "shop");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(DIVIDING.id(), DIVIDING.constraint().sentence());
    }

    @Test
    void recallSaysWhyThereIsNone() {
        learnDividing();

        Ended ended = terminal.run("recall", "Paint a number.", "--project", "shop");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("No advice for this task: ");
    }

    @Test
    void recallOfAnotherProjectFindsNothing() {
        learnDividing();

        assertThat(terminal.run("recall", FITTING, "--project", "other").out())
                .startsWith("No advice for this task: ");
    }

    @Test
    void recallAnswersAsTheToolDoes() {
        learnDividing();

        Ended ended = terminal.run("recall", FITTING, "--project", "shop", "--json");

        assertThat(ended.json().propertyNames()).containsExactly("category", "subcategory",
                "confidence", "compared_by", "constraints", "held_back", "memory");
        assertThat(ended.json().path("constraints").path(0).path("id").asString())
                .isEqualTo(DIVIDING.id());
    }

    @Test
    void aLimitOutsideItsRangeIsRefused() {
        Ended ended = terminal.run("recall", FITTING, "--limit", "21");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("limit must lie in [1, 20], got 21");
    }

    @Test
    void statusCountsWhatThereIs() {
        learnDividing();
        recorded();

        Ended ended = terminal.run("status", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().path("home").asString()).isEqualTo(home.toString());
        assertThat(ended.json().path("memory").toString())
                .isEqualTo("{\"constraints\":1,\"trajectories\":1,\"pending\":1}");
        assertThat(terminal.run("status").out()).contains("home          " + home,
                "pending       1");
    }

    @Test
    void showTellsARunAsItWasRecorded() {
        Ended ended = terminal.run("show", recorded());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("failure", "task: Divide the sum by the count.",
                "action: return a / b", "feedback: ZeroDivisionError", "waits to be distilled");
    }

    @Test
    void showTellsAConstraintWithItsEvidence() {
        learnDividing();

        Ended ended = terminal.run("show", DIVIDING.id());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(DIVIDING.constraint().sentence(), "t-1, t-2",
                "margin weak +0.500 nats a token");
        assertThat(terminal.run("show", DIVIDING.id(), "--json").json().path("id").asString())
                .isEqualTo(DIVIDING.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-000000000000", "t-0000000000000000", "nonsense"})
    void whatIsNotInMemoryIsNamed(String id) {
        Ended ended = terminal.run("show", id);

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).isEqualTo(
                "memcollab: ID must name something in memory, got \"%s\"%n".formatted(id));
    }

    @Test
    void approveSaysWhatChangedAndWhatDidNot() {
        learnDividing();

        Ended ended = terminal.run("approve", DIVIDING.id());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(
                "%s is approved; it was candidate.%n".formatted(DIVIDING.id()));
        assertThat(terminal.run("approve", DIVIDING.id()).out()).isEqualTo(
                "%s was approved before; nothing changed.%n".formatted(DIVIDING.id()));
        assertThat(terminal.run("show", DIVIDING.id()).out()).contains("approved, ");
    }

    @Test
    void promoteHasAConstraintRecalledInOtherProjects() {
        learnDividing();

        Ended ended = terminal.run("promote", DIVIDING.id());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(
                "%s is of all projects; it was of shop only.%n".formatted(DIVIDING.id()));
        assertThat(terminal.run("promote", DIVIDING.id()).out()).isEqualTo(
                "%s was promoted before; nothing changed.%n".formatted(DIVIDING.id()));
        assertThat(terminal.run("recall", FITTING, "--project", "other").out())
                .contains(DIVIDING.id());
    }

    @Test
    void decisionsAreToldAsJson() {
        learnDividing();

        assertThat(terminal.run("approve", DIVIDING.id(), "--json").json().toString())
                .isEqualTo(
                        "{\"id\":\"%s\",\"project\":\"shop\",\"standing\":\"approved\",".formatted(
                                DIVIDING.id()) + "\"promoted\":false,\"changed\":true}");
        assertThat(terminal.run("promote", DIVIDING.id(), "--json").json().path("promoted")
                .asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"approve, c-000000000000", "approve, t-0000000000000000",
            "promote, c-000000000000", "promote, nonsense"})
    void aDecisionAboutNothingIsRefusedWithItsId(String command, String id) {
        Ended ended = terminal.run(command, id);

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isEqualTo(
                "memcollab: ID must name a constraint in memory, got \"%s\"%n".formatted(id));
    }

    @Test
    void aRunThatNamesNoProjectIsOfTheWorkingDirectorys() {
        String id = terminal.runWith(RUN.replace(", \"project\": \"shop\"", ""), "record", "-",
                "--json").json().path("trajectory_id").asString();

        assertThat(terminal.run("show", id).out().lines().findFirst()).get(STRING)
                .endsWith("project " + ProjectFinder.of(Path.of("")).name());
    }

    @Test
    void recallThatNamesNoProjectIsOfTheWorkingDirectorysAndNotOfAll() {
        learnDividing();
        assertThat(terminal.run("recall", FITTING).out()).startsWith("No advice for this task: ");

        try (var store = MemoryStore.open(home.resolve("memory"))) {
            store.learn(LearntConstraint.of(DIVIDING.constraint(),
                    new Scope(ProjectFinder.of(Path.of("")), DIVIDING.scope().category()),
                    DIVIDING.sources().getFirst(), DIVIDING.evidence(), DIVIDING.learntAt()));
        }

        assertThat(terminal.run("recall", FITTING).out())
                .contains(DIVIDING.constraint().sentence());
    }

    @Test
    void aBlankProjectIsRefusedAndNotTakenForAll() {
        Ended recall = terminal.run("recall", FITTING, "--project", " ");
        Ended record = terminal.runWith(RUN.replace("\"shop\"", "\" \""), "record", "-");

        assertThat(List.of(recall.code(), record.code())).containsOnly(1);
        assertThat(recall.err()).contains("project must not be blank, got \" \"");
        assertThat(record.err()).contains("project must not be blank, got \" \"");
    }

    @Test
    void exportWritesTheSameToAFileAndToStandardOutput() throws IOException {
        learnDividing();
        String id = recorded();
        Path file = directory.resolve("all.jsonl");

        assertThat(terminal.run("export", file.toString()).code()).isZero();

        assertThat(Files.readAllLines(file)).hasSize(2).anyMatch(line -> line.contains(id))
                .anyMatch(line -> line.contains(DIVIDING.id()));
        assertThat(terminal.run("export", "-").out()).isEqualTo(Files.readString(file));
        try (var beside = Files.list(directory)) {
            assertThat(beside).containsExactlyInAnyOrder(home, file);
        }
    }

    @Test
    void exportSaysWhatItLeftOut() throws IOException {
        recorded();
        Path journal = home.resolve("memory/journal/000001.jsonl");
        Files.writeString(journal, "damaged\n" + Files.readString(journal));

        Ended ended = terminal.run("export", "-");

        assertThat(ended.code()).isOne();
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(ended.err()).startsWith("memcollab: left out ").contains("line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recal", "recall", "recall --limit many x", "show --nonsense c-1",
            "models", "models pul", "export"})
    void wrongUseEndsWithTwoAndPointsToTheHelp(String line) {
        Ended ended = terminal.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("memcollab: ").contains("See: memcollab ", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "record --help", "models pull --help",
            "demo --help", "approve --help", "promote --help"})
    void helpIsOutput(String line) {
        Ended ended = terminal.run(line.split(" "));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("Usage: memcollab ");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void anUnknownSettingStopsTheCommandAndIsNamed() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("settings.toml"), "thread = 3\n");

        Ended ended = terminal.run("status");

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("settings.toml", "unknown setting \"thread\"",
                "allow_code, redact_emails, strong, threads, weak");
    }

    @Test
    void modelsListHasTheCatalogue() {
        Ended ended = terminal.run("models", "list", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().valueStream().map(row -> row.path("name").asString()))
                .contains("smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b");
        assertThat(ended.json().valueStream().map(row -> row.path("default_role").asString()))
                .containsOnlyOnce("weak", "strong");
    }

    @Test
    void aModelThatIsNotInTheCatalogueIsRefused() {
        Ended ended = terminal.run("models", "pull", "gpt");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("got gpt", "smollm2-135m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "tokenize"})
    void aModelThatIsNotInstalledIsNamedWithWhatGetsIt(String command) {
        Ended ended = terminal.run("models", command, "no-such-model");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("memcollab models pull no-such-model");
    }
}
