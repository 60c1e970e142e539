package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `scripts/bench-vs-llamacpp`, with programs in the place of MemCollab and llama.cpp that say samples
/// of a file.
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a Python program is not started by its name there")
class BenchVsLlamacppTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SCRIPT = ROOT.resolve("scripts").resolve("bench-vs-llamacpp");
    private static final Path STAND_IN = Path.of("src", "test", "python", "bench_stand_in.py")
            .toAbsolutePath();
    private static final long SECOND = 1_000_000_000;
    private static final String TABLE = """
            phase                    ours    llama.cpp   ratio (least to most)    tokens/pass
            decode 128              50.00        40.00   1.250 (1.000 to 1.600)
            draft 128 (code)       100.00        40.00   2.500 (2.000 to 4.000)   4.00
            """;

    @TempDir
    private Path directory;
    private Path gguf;
    private Path ratios;
    private Path calls;

    @BeforeEach
    void nameTheFiles() throws IOException {
        gguf = Files.createFile(directory.resolve("tiny.gguf"));
        ratios = directory.resolve("ratios.json");
        calls = directory.resolve("calls");
        // The first of each is of the warming up.
        say(Map.of("decode", samples(128, 1, 50, 40, 80), "draft", samples(32, 1, 100, 80, 160)),
                Map.of("decode", samples(128, 1, 40, 40, 50), "draft",
                        samples(128, 1, 40, 40, 40)));
    }

    /// Of 128 tokens in as many passes, at so many tokens a second.
    private static List<Map<String, Long>> samples(int passes, int... rates) {
        return IntStream.of(rates).mapToObj(rate -> Map.of("tokens", 128L, "passes", (long) passes,
                "nanos", 128 * SECOND / rate)).toList();
    }

    private void say(Map<String, ?> ours, Map<String, ?> theirs) throws IOException {
        Files.writeString(directory.resolve("samples"), JsonMapper.shared()
                .writeValueAsString(Map.of("ours", ours, "theirs", theirs)));
    }

    /// How the script ended, and what it said.
    private record Ended(int code, String out, String err) {}

    private Ended run(String... words) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var builder = new ProcessBuilder(words).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("SAMPLES", directory.resolve("samples").toString());
        builder.environment().put("CALLS", calls.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended compare(String... options) throws Exception {
        var words = new ArrayList<>(List.of("python3", SCRIPT.toString(), gguf.toString(), "tiny",
                "--memcollab", STAND_IN.toString(), "--opponent", STAND_IN.toString(), "--warm",
                "0", "--rounds", "3", "--json", ratios.toString()));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new));
    }

    private JsonNode written() {
        return JsonMapper.shared().readTree(ratios);
    }

    @Test
    void ratiosAreOfTheSameRoundAndShownWithTheirSpread() throws Exception {
        Ended ended = compare("--phases", "decode,draft");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(TABLE);
    }

    @Test
    void whoBeginsChangesFromRoundToRound() throws Exception {
        compare("--phases", "decode,draft");

        assertThat(calls).hasContent("""
                theirs 5,6,7
                ours decode
                theirs decode
                ours draft
                theirs draft
                ours decode
                theirs decode
                ours draft
                theirs draft
                theirs decode
                ours decode
                theirs draft
                ours draft
                ours decode
                theirs decode
                ours draft
                theirs draft
                """);
    }

    @Test
    void theFileHasAllSamplesAndWhatTheyAreOf() throws Exception {
        compare("--phases", "draft", "--threads", "1");

        JsonNode file = written();
        assertThat(file.path("model").asString()).isEqualTo("tiny");
        assertThat(file.path("threads").asInt()).isOne();
        assertThat(file.path("tokens").path("draft").asInt()).isEqualTo(128);
        assertThat(file.path("runs").path(0).path("command").asString())
                .startsWith("scripts/bench-vs-llamacpp tiny.gguf tiny --threads 1 --rounds 3")
                .endsWith("--phases draft");
        JsonNode draft = file.path("phases").path("draft");
        assertThat(draft.path("ours_tokens_per_second").toString()).isEqualTo(
                "{\"median\":100.0,\"min\":80.0,\"max\":160.0,\"samples\":[100.0,80.0,160.0]}");
        assertThat(draft.path("ours_tokens_per_pass").path("median").asDouble()).isEqualTo(4);
        assertThat(draft.path("ratio").toString()).isEqualTo(
                "{\"median\":2.5,\"min\":2.0,\"max\":4.0,\"samples\":[2.5,2.0,4.0]}");
    }

    @Test
    void samplesAreAddedToThoseThatTheFileHas() throws Exception {
        compare("--phases", "decode");
        say(Map.of("draft", samples(32, 1, 100, 80, 160)),
                Map.of("draft", samples(128, 1, 40, 40, 40)));

        Ended ended = compare("--phases", "draft");

        assertThat(ended.out()).isEqualTo(TABLE);
        assertThat(written().path("runs").size()).isEqualTo(2);
    }

    @Test
    void samplesOfOtherTokenCountsAreKeptApart() throws Exception {
        compare("--phases", "decode");

        Ended ended = compare("--phases", "decode", "--decode", "64");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("is of another tokens", "'decode': 128", "'decode': 64");
    }

    @Test
    void aFileIsReplayedAsItWasPrinted() throws Exception {
        compare("--phases", "decode,draft");

        Ended ended = run("python3", SCRIPT.toString(), "--replay", ratios.toString());

        assertThat(ended.out()).isEqualTo(TABLE);
        assertThat(ended.code()).isZero();
    }

    @Test
    void theRunsOfThisProjectCanBeReplayed() throws Exception {
        Path runs = ROOT.resolve("benchmarks").resolve("runs");
        int replayed = 0;
        try (var files = Files.newDirectoryStream(runs, "*-inference-*.json")) {
            for (Path file : files) {
                JsonNode phases = JsonMapper.shared().readTree(file).path("phases");
                Ended ended = run("python3", SCRIPT.toString(), "--replay", file.toString());

                assertThat(ended.out()).as(ended.err()).hasLineCount(1 + phases.size());
                replayed++;
            }
        }
        assertThat(replayed).isPositive();
    }

    @Test
    void aFileOfAnotherKindIsNotReplayed() throws Exception {
        Files.writeString(ratios, "{}");

        Ended ended = run("python3", SCRIPT.toString(), "--replay", ratios.toString());

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).hasLineCount(1).startsWith(
                "--replay must be a file that this program wrote with --json, got " + ratios);
    }

    @Test
    void withoutLlamaCppItSaysWhatIsMissing() throws Exception {
        Ended ended = run("python3", "-I", "-S", SCRIPT.toString(), gguf.toString(), "tiny");

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).hasLineCount(1).startsWith("llama-cpp-python is missing in ")
                .contains("install it there with pip");
    }

    @Test
    void theOneThatEndsIsNamed() throws Exception {
        say(Map.of("decode", samples(128, 1, 50)), Map.of());

        Ended ended = compare("--phases", "decode");

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("llama.cpp ended with code 3");
        assertThat(ratios).doesNotExist();
    }

    @Test
    void aPhaseThatThereIsNotIsRefused() throws Exception {
        Ended ended = compare("--phases", "decode,dream");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--phases must be of prefill,decode,draft,score, got dream");
    }
}
