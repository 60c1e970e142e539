package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.jlama.TestModels;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("model")
class ModelsModelTest {
    private static final String MODEL = "smollm2-135m";

    private Terminal terminal;

    /// Models lie in the home, or where `MEMCOLLAB_MODELS` says, which the program obeys too.
    @BeforeEach
    void theHomeIsThatOfTheModel() {
        Path models = Objects.requireNonNull(TestModels.require(MODEL).getParent());
        terminal = new Terminal(Objects.requireNonNull(models.getParent()));
    }

    @Test
    void tokenizeAnswersEachJsonStringWithItsIds() {
        Ended ended = terminal.runWith("""
                "a"

                "<|im_end|>"
                ""
                """, "models", "tokenize", MODEL);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactly("[81]", "[2]", "[]");
    }

    @Test
    void tokenizeNamesTheLineThatIsNoString() {
        Ended ended = terminal.runWith("\"a\"\n3\n", "models", "tokenize", MODEL);

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).isEqualTo(
                "memcollab: line 2 must be a JSON string, got 3%n".formatted());
    }

    @Test
    void checkVerifiesLoadsAsksAndMeasures() {
        Ended ended = terminal.run("models", "check", MODEL, "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode checked = ended.json();
        assertThat(checked.path("digest").asString()).isEqualTo("ok");
        assertThat(checked.path("answer").asString()).isNotBlank();
        assertThat(checked.path("prefill_tokens").asInt()).isGreaterThan(200);
        assertThat(checked.path("prefill_tokens_per_second").asDouble()).isPositive();
        assertThat(checked.path("decode_tokens_per_second").asDouble()).isPositive();
    }

    @Test
    void listSaysThatItIsInstalled() {
        assertThat(terminal.run("models", "list").out().lines())
                .anyMatch(line -> line.startsWith(MODEL) && line.contains("installed"));
    }
}
