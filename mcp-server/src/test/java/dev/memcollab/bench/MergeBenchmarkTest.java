package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.algebra.Logistic;
import dev.memcollab.bench.MergeBenchmark.Count;
import dev.memcollab.embedding.TopicEmbedder;
import dev.memcollab.merge.Sameness;
import dev.memcollab.model.ScriptedLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeBenchmarkTest {
    private static final TopicEmbedder TOPICS = new TopicEmbedder("list array", "copy snapshot",
            "change mutation", "orchard");
    /// Asks where all slots are near and nothing crosses, and merges where the model says yes.
    private static final Sameness.Weights WEIGHTS = new Sameness.Weights(
            Logistic.of(-5.0, 2.0, 2.0, 2.0, -2.0), 0.5, Logistic.of(0.0, 1.0, 0.0), 0.9);

    private final ScriptedLanguageModel model = new ScriptedLanguageModel("small")
            .scoring((_, text) -> text.equals(" yes") ? 0 : -5);

    @TempDir
    private Path directory;

    @BeforeEach
    void writeData() throws IOException {
        Files.writeString(directory.resolve("constraint-pairs.jsonl"),
                """
                        {"id":"p","relation":"paraphrase","split":"test","a":{"when":"a list is walked","enforce":"a copy","avoid":"a change"},"b":{"when":"an array is walked","enforce":"a snapshot","avoid":"a mutation"}}
                        {"id":"o","relation":"opposite","split":"test","a":{"when":"a list is walked","enforce":"a copy","avoid":"a change"},"b":{"when":"a list is walked","enforce":"a change","avoid":"a copy"}}
                        """);
        Files.writeString(directory.resolve("engineering-topics.jsonl"),
                """
                        {"id":"t","category":"code","subcategory":"types","split":"test","sources":["one"],"tasks":["two"],"constraints":[{"source":0,"when":"a list","enforce":"a copy","avoid":"a change"},{"source":0,"when":"orchard","enforce":"orchard","avoid":"orchard"}]}
                        """);
        Files.writeString(directory.resolve("outside-tasks.jsonl"), "");
    }

    @Test
    void whatIsNearIsAskedAboutAndWhatTheModelTakesForOneIsMerged()
            throws IOException, InterruptedException {
        assertThat(measured()).isEqualTo("{opposite=%s, paraphrase=%s, related=%s}".formatted(
                new Count(1, 0, 0), new Count(1, 1, 1), new Count(1, 0, 0)));
    }

    @Test
    void whatTheModelSaidIsNotAskedAgain() throws IOException, InterruptedException {
        String first = measured();
        int asked = model.prompts().size();

        assertThat(measured()).isEqualTo(first);
        assertThat(model.prompts()).hasSize(asked);
    }

    private String measured() throws IOException, InterruptedException {
        Map<String, Object> facts = new MergeBenchmark(directory, TOPICS,
                directory.resolve("samples.jsonl"), _ -> {
                }).measure(WEIGHTS, model);
        return String.valueOf(facts.get("counts"));
    }
}
