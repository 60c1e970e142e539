package dev.memcollab.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonConfigTest {
    private static final ServerEntry ENTRY = ServerEntry.of(Path.of("/m"), Optional.empty());
    private static final JsonConfig CONFIG = new JsonConfig("mcpServers", Map.of());

    @Test
    void aNewFileIsIndentedByTwo() {
        assertThat(new JsonConfig("servers", Map.of("type", "stdio")).with("", ENTRY)).isEqualTo("""
                {
                  "servers": {
                    "memcollab": {
                      "type": "stdio",
                      "command": "/m",
                      "args": ["serve"]
                    }
                  }
                }
                """);
    }

    @Test
    void theIndentIsThatOfTheFile() {
        assertThat(CONFIG.with("{\n\t\"a\": 1\n}", ENTRY)).isEqualTo("""
                {
                \t"a": 1,
                \t"mcpServers": {
                \t\t"memcollab": {
                \t\t\t"command": "/m",
                \t\t\t"args": ["serve"]
                \t\t}
                \t}
                }""");
    }

    @Test
    void linesEndAsInTheFile() {
        assertThat(CONFIG.with("{\r\n  \"a\": 1\r\n}\r\n", ENTRY).replace("\r\n", ""))
                .doesNotContain("\n");
    }

    @Test
    void whatIsInOneLineStaysInOneLine() {
        assertThat(CONFIG.with("{\"a\":1,\"mcpServers\":{\"b\":{}}}", ENTRY)).isEqualTo(
                "{\"a\":1,\"mcpServers\":{\"b\":{}, \"memcollab\": {\"command\": \"/m\", \"args\":"
                        + " [\"serve\"]}}}");
    }

    @Test
    void aCommentStaysBehindWhatItIsAbout() {
        assertThat(CONFIG.with("{\n  \"a\": 1 // one\n}\n", ENTRY)).startsWith(
                "{\n  \"a\": 1, // one\n  \"mcpServers\": {\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "{ \"a\": 1 }", "{\n  \"a\": 1\n}\n",
            "{\n  \"a\": 1,\n}\n", "{\n  \"a\": 1, // x\n  // y\n}\n", "{\n  \"a\": 1 /* x */\n}",
            "{\"mcpServers\":{\"b\":{}}}", "{\n  \"mcpServers\": {\n    \"b\": {},\n  },\n}\n",
            "{\n  \"mcpServers\": {\n    // none yet\n  }\n}\n", "\uFEFF{\r\n\t\"a\": 1\r\n}\r\n",
            "{\n  \"mcpServers\": {\n    \"b\": {} // it's {\n  }\n}\n", "{}",
            "{\n  \"mcpServers\": {\"b\": \"\\\"}//\"}\n}\n"})
    void whatWasPutInIsTakenOut(String text) {
        String with = CONFIG.with(text, ENTRY);

        assertThat(CONFIG.entry(with)).contains(ENTRY);
        assertThat(CONFIG.without(with)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"mcpServers\": {\"memcollab\": {}, \"b\": 1}} | {\"mcpServers\": {\"b\": 1}}",
            "{\"mcpServers\": {\"a\": 1, \"memcollab\": {}, \"b\": 2}} | {\"mcpServers\": {\"a\": 1, \"b\": 2}}",
            "{\"mcpServers\": {\"a\": 1, \"memcollab\": {}}} | {\"mcpServers\": {\"a\": 1}}",
            "{\"mcpServers\": {\"memcollab\": {}}} | {}",
            "{\"mcpServers\": {\"memcollab\": {}}, \"b\": 1} | {\"b\": 1}",
            "{\"mcpServers\": {\"memcollab\": {} /* me */}} | {\"mcpServers\": {/* me */}}"})
    void theServerIsTakenOutWhereverItStands(String text, String rest) {
        assertThat(CONFIG.without(text)).isEqualTo(rest);
    }

    @Test
    void aCommentOfALineDoesNotSwallowWhatFollows() {
        assertThat(CONFIG.without("""
                {"mcpServers": { // all
                  "memcollab": {}, "b": 1 }}
                """)).isEqualTo("""
                {"mcpServers": { // all
                  "b": 1 }}
                """);
    }

    @Test
    void whatAUserAddedToTheEntryStays() {
        String text = """
                {
                  "mcpServers": {
                    "memcollab": {
                      "command": "/old/memcollab", // from before
                      "env": {"MEMCOLLAB_LOG": "INFO"}
                    }
                  }
                }
                """;

        assertThat(CONFIG.with(text, ENTRY)).isEqualTo(text.replace("/old/memcollab", "/m")
                .replace("\"INFO\"}", "\"INFO\"},\n      \"args\": [\"serve\"]"));
    }

    @Test
    void anEntryThatStartsTheSameIsLeftAsItIsWritten() {
        String text = "{ \"mcpServers\": { \"memcollab\": { \"args\": [ \"serve\" ],"
                + " \"command\": \"\\/m\", \"disabled\": true } } }";

        assertThat(CONFIG.with(text, ENTRY)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[] | line 1: an object was expected",
            "{} {} | line 1: there is more behind the object",
            "{\"mcpServers\": []} | line 1: \"mcpServers\" must be an object",
            "{\"mcpServers\": {\"memcollab\": 1}} | line 1: \"memcollab\" must be an object",
            "{\"a\": 1, \"a\": 2} | line 1: Duplicate Object property \"a\"",
            "{\"a\": 1 | line 1: Unexpected end-of-input"})
    void whatIsNoListOfServersIsRefused(String text, String why) {
        assertThatThrownBy(() -> CONFIG.with(text, ENTRY))
                .isInstanceOf(InstallFailedException.class).hasMessageStartingWith(why);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 200),
                LongStream.of(RandomGenerator.getDefault().nextLong()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTextKeepsItsMeaningAndItsComments(long seed) {
        String text = new RandomText(new SplittableRandom(seed)).text();

        String with = CONFIG.with(text, ENTRY);
        String without = CONFIG.without(with);

        assertThat(CONFIG.entry(with)).as(text).contains(ENTRY);
        assertThat(CONFIG.with(with, ENTRY)).isEqualTo(with);
        assertThat(comments(with)).as(text).isEqualTo(comments(text));
        assertThat(comments(without)).as(text).isEqualTo(comments(text));
    }

    private static List<String> comments(String text) {
        return Stream.of(text.split("#")).filter(part -> part.matches("c\\d+")).toList();
    }

    /// Objects with members, comments and blanks wherever they may be.
    private static final class RandomText {
        private final RandomGenerator random;
        private final StringBuilder text = new StringBuilder();
        private int comments;

        RandomText(RandomGenerator random) {
            this.random = random;
        }

        String text() {
            blanks();
            object(0, List.of("mcpServers", "a", "b"));
            blanks();
            return text.toString();
        }

        private void object(int depth, List<String> names) {
            text.append('{');
            var left = new ArrayList<>(names);
            blanks();
            while (!left.isEmpty() && random.nextInt(4) > 0) {
                String name = left.remove(random.nextInt(left.size()));
                text.append('"').append(name).append('"');
                blanks();
                text.append(':');
                blanks();
                if (depth < 3 && (name.equals("mcpServers") || random.nextBoolean())) {
                    object(depth + 1, List.of("c", "d"));
                } else {
                    text.append(List.of("1", "\"x, }\"", "[1, {}]", "true").get(random.nextInt(4)));
                }
                blanks();
                if (random.nextInt(4) > 0 && !left.isEmpty()) {
                    text.append(',');
                    blanks();
                } else {
                    left.clear();
                    text.append(random.nextBoolean() ? "," : "");
                    blanks();
                }
            }
            text.append('}');
        }

        private void blanks() {
            switch (random.nextInt(6)) {
                case 0 -> text.append("\n  ");
                case 1 -> text.append(" /* #c").append(comments++).append("# */ ");
                case 2 -> text.append(" // #c").append(comments++).append("# ,{\n");
                case 3 -> text.append(' ');
                default -> {
                }
            }
        }
    }
}
