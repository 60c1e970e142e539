package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnEvaluateTest {
    @TempDir
    private Path home;
    private Terminal terminal;
    private String sums = "";
    private String code = "";

    @BeforeEach
    void thereAreTasks() throws IOException {
        terminal = new Terminal(home);
        Files.writeString(home.resolve("settings.toml"), "weak = \"no-such-model\"\n");
        sums = Files.writeString(home.resolve("sums.jsonl"), """
                {"id":"a","task":"Add 1 and 2.","answer":"3"}
                """).toString();
        code = Files.writeString(home.resolve("code.jsonl"), """
                {"id":"b","task":"Write f.","tests":["assert f() == 1"]}
                """).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"learn", "eval"})
    void testsThatComeWithATaskAreNotRunUnlessTheUserSaysSo(String command) {
        Ended ended = terminal.run(command, sums, code);

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("b has tests, which are run only with --allow-code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learn", "eval"})
    void aMissingModelIsNamedBeforeAnythingIsDone(String command) {
        Ended ended = terminal.run(command, sums);

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("no-such-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learn", "eval"})
    void noTurnIsTooFew(String command) {
        Ended ended = terminal.run(command, sums, "--turns", "0");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--turns must lie in 1..10, got 0");
    }

    @Test
    void anArmThatThereIsNotIsNamed() {
        Ended ended = terminal.run("eval", sums, "--arms", "none,magic");

        assertThat(ended.code()).isOne();
        assertThat(ended.err())
                .contains("arms must be some of none, placebo", "got \"magic\"");
    }

    @Test
    void aTimeThatThereIsNotIsNamed() {
        Ended ended = terminal.run("eval", sums, "--when", "never");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--when must be before, after_failure or both, got never");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ended ended = terminal.run("learn", home.resolve("nothing.jsonl").toString());

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("nothing.jsonl");
    }
}
