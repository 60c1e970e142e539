package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.jlama.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("model")
class EvaluateModelTest {
    private static final String MODEL = "smollm2-135m";

    @TempDir
    private Path home;
    private Terminal terminal;
    private String tasks = "";

    @BeforeEach
    void theHomeIsAnotherThanThatOfTheModel() throws IOException {
        Files.createSymbolicLink(home.resolve("models"),
                Objects.requireNonNull(TestModels.require(MODEL).getParent()));
        terminal = new Terminal(home);
        tasks = Files.writeString(home.resolve("tasks.jsonl"), """
                {"id":"sum","benchmark":"sums","task":"What is 1 plus 2?","answer":"3"}
                {"id":"odd","benchmark":"sums","task":"What is 1 plus 2?","answer":"no such number"}
                """).toString();
    }

    @Test
    void whatAModelSaysIsCountedAndKept() throws IOException {
        Ended first = evaluate();
        JsonNode cell = first.json().path("cells").path(0);
        Path generations = home.resolve("cache/generations.jsonl");
        String said = Files.readString(generations);

        Ended second = evaluate();

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(cell.path("model").asString()).isEqualTo(MODEL);
        assertThat(cell.path("arm").asString()).isEqualTo("none");
        assertThat(cell.path("tasks").asInt()).isEqualTo(2);
        assertThat(cell.path("right").asInt()).isLessThan(2);
        assertThat(cell.path("mean_tokens").asDouble()).isPositive();
        assertThat(said.lines()).hasSize(1); // both tasks ask the same
        assertThat(Files.readString(generations)).isEqualTo(said);
        assertThat(second.json().path("cells")).isEqualTo(first.json().path("cells"));
        assertThat(Files.readAllLines(home.resolve("rows.jsonl"))).hasSize(2)
                .allMatch(row -> row.contains("\"answers\":["));
    }

    @Test
    void anAnswerIsDrawnOnceWithEachSeed() throws IOException {
        Ended drawn = evaluate("--seeds", "1,2");

        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(drawn.json().path("cells").path(0).path("tasks").asInt()).isEqualTo(4);
        assertThat(Files.readAllLines(home.resolve("rows.jsonl"))).hasSize(4)
                .satisfies(rows -> assertThat(rows.getFirst()).contains("\"seed\":1"))
                .satisfies(rows -> assertThat(rows.getLast()).contains("\"seed\":2"));
        assertThat(Files.readString(home.resolve("cache/generations.jsonl")).lines()).hasSize(2);
    }

    private Ended evaluate(String... more) {
        var arguments = new ArrayList<>(List.of("eval", tasks, "--arms", "none", "--models", MODEL,
                "--rows", home.resolve("rows.jsonl").toString(), "--json"));
        arguments.addAll(List.of(more));
        return terminal.run(arguments.toArray(String[]::new));
    }
}
