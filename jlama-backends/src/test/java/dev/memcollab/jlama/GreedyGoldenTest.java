package dev.memcollab.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with what llama.cpp decodes greedily from the same weights.
///
/// The golden files are made by `src/test/python/make_greedy_golden.py`.
@Tag("model")
class GreedyGoldenTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"smollm2-135m", "qwen2.5-coder-0.5b"})
    void greedyTokensAreThoseOfLlamaCpp(String model) throws IOException, InterruptedException {
        Path path = TestModels.require(model);
        Threads.choose(Runtime.getRuntime().availableProcessors());
        try (Engine engine = Engine.load(ModelDirectory.read(path), 256)) {
            for (JsonNode golden : goldens(model)) {
                List<Integer> expected = ints(golden.path("greedy"));

                List<Integer> ids = greedy(engine, ints(golden.path("prompt")), expected.size());

                assertThat(ids).as("%s", golden.path("text")).isEqualTo(expected);
            }
        }
    }

    private static List<Integer> greedy(Engine engine, List<Integer> prompt, int count)
            throws InterruptedException {
        var ids = new ArrayList<Integer>();
        float[] logits = engine.read(prompt.stream().mapToInt(Integer::intValue).toArray());
        while (true) {
            ids.add(new Ranking(logits, logits.length).next());
            if (ids.size() == count) {
                return ids;
            }
            logits = engine.append(ids.getLast());
        }
    }

    private static JsonNode goldens(String model) throws IOException {
        String name = "greedy-" + model + ".json";
        try (InputStream in = Objects
                .requireNonNull(GreedyGoldenTest.class.getResourceAsStream(name), name)) {
            return new ObjectMapper().readTree(in).path("cases");
        }
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
    }
}
