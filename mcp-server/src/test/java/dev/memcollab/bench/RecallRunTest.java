package dev.memcollab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.memcollab.embedding.WordBagEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecallRunTest {
    private static final String TOPIC = """
            {"id":"git-%1$d","category":"code","subcategory":"git","split":"%2$s",\
            "sources":["squash the branch topic%1$d"],\
            "constraints":[{"source":0,"when":"history%1$d of a branch is rewritten",\
            "enforce":"a copy%1$d of it","avoid":"a silent push%1$d"}],\
            "tasks":["rewrite history%1$d of the branch"]}
            """;
    private static final String OUTSIDE = """
            {"id":"outside-%1$d","kind":"other","split":"%2$s","task":"boil %1$d eggs"}
            """;

    @TempDir
    private Path directory;
    private final List<String> progress = new ArrayList<>();

    @Test
    void weightsAreFittedToOneHalfAndMeasuredOnTheOther() throws IOException {
        write(TOPIC, OUTSIDE);
        var run = run();

        Map<String, Object> facts = run.measure(run.fit(), List.of());

        assertThat(facts).extractingByKey("classifier", InstanceOfAssertFactories.MAP)
                .containsEntry("tasks", 4);
        assertThat(facts).extractingByKey("ranking", InstanceOfAssertFactories.LIST).hasSize(5)
                .allSatisfy(arm -> assertThat(arm).asInstanceOf(InstanceOfAssertFactories.MAP)
                        .extractingByKey("mean_reciprocal_rank",
                                InstanceOfAssertFactories.MAP)
                        .containsEntry("mean", 1.0));
        assertThat(facts).extractingByKey("recalled", InstanceOfAssertFactories.MAP)
                .containsKeys("recall_at_3", "outside_tasks_without_lines");
        assertThat(facts).extractingByKey("recalled_of_one_task", InstanceOfAssertFactories.MAP)
                .containsKeys("recall_at_3", "outside_tasks_without_lines");
        assertThat(progress).contains("fitting", "ranking", "recalling");
    }

    @Test
    void dataThatIsNotJsonIsNamed() throws IOException {
        write(TOPIC, "boil eggs\n");

        assertThatIOException().isThrownBy(this::run)
                .withMessageContaining("outside-tasks.jsonl must have a JSON object a line");
    }

    private RecallRun run() throws IOException {
        return new RecallRun(directory, directory.resolve("stores"),
                new WordBagEmbedder(), progress::add);
    }

    private void write(String topic, String outside) throws IOException {
        var topics = new StringBuilder();
        var others = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            String split = i % 2 == 0 ? "dev" : "test";
            topics.append(topic.formatted(i, split));
            others.append(outside.formatted(i, split));
        }
        Files.writeString(directory.resolve("engineering-topics.jsonl"), topics);
        Files.writeString(directory.resolve("outside-tasks.jsonl"), others);
    }
}
