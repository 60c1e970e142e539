package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {
    private static final Project PROJECT = new Project("experiment");

    @TempDir
    private Path directory;

    @Test
    void aTaskHasAnAnswerOrTestsWithTheirSetup() throws IOException {
        List<BenchmarkTask> tasks = read(
                """
                        {"id":"a","benchmark":"sums","task":"Add 1 and 2.","answer":"3","category":"math"}

                        {"id":"b","task":"Write f.","tests":["assert f() == 1","assert f() < 2"],"setup":"import re","solution":"def f(): return 1"}
                        """);

        assertThat(tasks).extracting(BenchmarkTask::benchmark).containsExactly("sums", "tasks");
        assertThat(tasks).extracting(task -> task.task().verifier()).containsExactly(
                new Verifier.Answer("3"),
                new Verifier.Tests("import re\nassert f() == 1\nassert f() < 2\n"));
        assertThat(tasks).extracting(task -> task.task().givenId()).containsExactly("a", "b");
        assertThat(tasks).extracting(task -> task.task().category()).containsOnlyNulls();
        assertThat(tasks).extracting(BenchmarkTask::solution).containsExactly(null,
                "def f(): return 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"task":"t","answer":"3"}                       | id must be a string that is not blank, got nothing
            {"id":7,"task":"t","answer":"3"}                | id must be a string that is not blank, got 7
            {"id":"a","task":" ","answer":"3"}              | task must be a string that is not blank, got " "
            {"id":"a","task":"t"}                           | a task must have either answer or tests, got neither
            {"id":"a","task":"t","answer":"3","tests":["x"]}| a task must have either answer or tests, got both
            {"id":"a","task":"t","tests":"assert True"}     | tests must be an array of at least one string, got "assert True"
            {"id":"a","task":"t","tests":[1]}               | tests must be strings, got 1
            {"id":"a","task":"t","answer":"3","solution":3} | solution must be a string that is not blank, got 3
            {"id":"a","task"                                | must be a JSON object
            {"id":"first","task":"t","answer":"3"}          | id must be of one task only, got "first" again
            """)
    void whatIsWrongIsNamedWithItsLine(String row, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read("""
                {"id":"first","task":"t","answer":"3"}
                """ + row)).withMessageContaining("tasks.jsonl, line 2: " + message);
    }

    private List<BenchmarkTask> read(String text) throws IOException {
        return TaskFile.read(Files.writeString(directory.resolve("tasks.jsonl"), text), PROJECT);
    }
}
