package dev.memcollab.demo;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memcollab.jlama.TestModels;
import dev.memcollab.memory.MemoryStore;
import dev.memcollab.server.ServerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `memcollab demo` as a user starts it.
@Timeout(value = 20, unit = MINUTES)
class DemoTest {
    private static final Pattern RECALLED = Pattern
            .compile("- \\[(?<id>c-[0-9a-f]{12})] (?<sentence>When .*\\.) \\(.*\\)");

    @TempDir
    private Path directory;

    /// How the demo ended, and what it said where.
    private record Ended(int code, String out, String err) {
        /// What is below a title.
        String section(String title) {
            int begin = out.indexOf("== " + title);
            assertThat(begin).as(title + " in " + out).isNotNegative();
            int end = out.indexOf("\n== ", begin);
            return out.substring(begin, end < 0 ? out.length() : end);
        }
    }

    private Path home() {
        return directory.resolve("home");
    }

    private Ended demo(Path models, String... arguments) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var words = new ArrayList<>(ServerCommand.program("demo", "--home", home().toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("MEMCOLLAB_MODELS", models.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(19, MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Path models(String... names) {
        return Arrays.stream(names).map(TestModels::require)
                .map(model -> Objects.requireNonNull(model.getParent())).distinct()
                .reduce((one, other) -> one).orElseThrow();
    }

    @Test
    void withoutModelsItSaysWhatItLacks() throws Exception {
        Ended ended = demo(directory.resolve("none"), "--offline");

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("no model at " + directory.resolve("none"),
                "memcollab models pull qwen2.5-coder-0.5b");
        assertThat(home().resolve("demo")).doesNotExist();
    }

    /// Models so small may learn nothing; what they do learn is shown as it is.
    @Test
    @Tag("model")
    void aTinyPairIsShownHonestlyToItsEnd() throws Exception {
        Path models = models("smollm2-135m", "qwen2.5-coder-0.5b");

        Ended ended = demo(models, "--offline", "--weak", "smollm2-135m", "--strong",
                "qwen2.5-coder-0.5b");

        assertThat(ended.code()).as(ended.err()).isIn(0, 1);
        assertEachPhaseIsShown(ended);
        assertWhatIsRecalledIsStored(ended);
        assertThat(ended.code() == 0).as(ended.out()).isEqualTo(
                RECALLED.matcher(ended.section("Recalling for another")).find()
                        && ended.section("Recalling for a task that").contains("No advice"));
    }

    /// Takes minutes, so only where `CI=true`, or with `-Dmemcollab.demo=true`.
    @Test
    @Tag("model")
    void theDefaultPairLearnsWhatAnotherTaskIsTold() throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || Boolean.getBoolean("memcollab.demo"),
                "the whole demo runs with CI=true or -Dmemcollab.demo=true");

        Ended ended = demo(models("qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"), "--offline");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertEachPhaseIsShown(ended);
        assertWhatIsRecalledIsStored(ended);
        assertThat(ended.section("Distilling")).containsPattern("learnt c-[0-9a-f]{12} \\(");
        assertThat(ended.section("Recalling for another")).containsPattern(RECALLED)
                .containsPattern("replay (weak|strong): ");
        assertThat(ended.section("Recalling for a task that"))
                .contains("No advice for this task: ").doesNotContainPattern(RECALLED);
    }

    private static void assertEachPhaseIsShown(Ended ended) {
        assertThat(ended.section("Recording")).contains("record_trajectory: failure",
                "record_trajectory: success", "Recorded as t-");
        assertThat(ended.section("Distilling")).contains("diagnosis: ", "done with run t-");
        assertThat(ended.section("Recalling for another")).contains("recall_constraints: ");
        assertThat(ended.out()).containsPattern("models +\\d+\\.\\d s")
                .containsPattern("start of the server +\\d+\\.\\d s")
                .containsPattern("recording +\\d+\\.\\d s")
                .containsPattern("distilling +\\d+\\.\\d s")
                .containsPattern("recalling +\\d+\\.\\d s");
    }

    /// Every line that the demo says was recalled is a constraint in its store, word for word.
    private void assertWhatIsRecalledIsStored(Ended ended) throws Exception {
        try (var runs = Files.list(home().resolve("demo"));
                var store = MemoryStore.open(runs.findFirst().orElseThrow().resolve("memory"))) {
            assertThat(store.pending()).isEmpty();
            assertThat(RECALLED.matcher(ended.out()).results())
                    .allSatisfy(line -> assertThat(store.constraint(line.group("id"))
                            .orElseThrow().constraint().sentence())
                            .isEqualTo(line.group("sentence")));
        }
    }
}
