package dev.memcollab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.model.Decoding;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.ScriptedLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptGenerationsTest {
    private static final Prompt PROMPT = Prompt.of("You add.", "1 + 1");
    private static final Decoding GREEDY = Decoding.greedy(9);

    private final ScriptedLanguageModel scripted = new ScriptedLanguageModel("tiny").otherwise("2");
    private Path file;

    @BeforeEach
    void theFileIsNotThereYet(@TempDir Path directory) {
        file = directory.resolve("cache").resolve("generations.jsonl");
    }

    @Test
    void theSameIsAskedOnceWhateverProcessAsks() throws Exception {
        assertThat(model("d1").generate(PROMPT, GREEDY).text()).isEqualTo("2");
        assertThat(model("d1").generate(PROMPT, GREEDY).text()).isEqualTo("2");

        assertThat(scripted.prompts()).hasSize(1);
    }

    @Test
    void anotherModelPromptOrDecodingIsAskedAnew() throws Exception {
        model("d1").generate(PROMPT, GREEDY);
        model("d2").generate(PROMPT, GREEDY);
        model("d1").generate(PROMPT.answering("so"), GREEDY);
        model("d1").generate(PROMPT, Decoding.greedy(8));
        model("d1").generate(PROMPT, GREEDY.until("."));
        model("d1").generate(PROMPT, Decoding.sampled(9, 0.5f, 1));
        model("d1").generate(PROMPT, Decoding.sampled(9, 0.5f, 2));

        assertThat(scripted.prompts()).hasSize(7);
    }

    @Test
    void whatAMaskAllowsIsNotKept() throws Exception {
        Decoding masked = GREEDY.allowing((_, _) -> true);

        model("d1").generate(PROMPT, masked);
        model("d1").generate(PROMPT, masked);

        assertThat(scripted.prompts()).hasSize(2);
    }

    @Test
    void aLineThatAKilledProcessLeftHalfWrittenIsMadeAgain() throws Exception {
        model("d1").generate(PROMPT, GREEDY);
        String line = Files.readString(file);
        Files.writeString(file, line.substring(0, line.length() / 2));

        assertThat(model("d1").generate(PROMPT, GREEDY).text()).isEqualTo("2");
        assertThat(model("d1").generate(PROMPT, GREEDY).text()).isEqualTo("2");
        assertThat(scripted.prompts()).hasSize(2);
    }

    @Test
    void emptyLinesDoNotMatter() throws Exception {
        model("d1").generate(PROMPT, GREEDY);
        Files.writeString(file, "\n", StandardOpenOption.APPEND);

        model("d1").generate(PROMPT, GREEDY);

        assertThat(scripted.prompts()).hasSize(1);
    }

    private LanguageModel model(String digest) throws IOException {
        return new KeptGenerations(file).keeping(scripted, digest);
    }
}
