package dev.memcollab.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class PlainJsonTest {
    private static final JsonMapper REFERENCE = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-0", "2147483648", "9223372036854775808", "1e400",
            "0.1",
            "\"\\ud800\"", "\"\\u0000\\n\"", "[]", "{}", "{\"a\":1,\"a\":2}", "[[1,[2.5]],null]",
            " {\"\" : [ ] } ", "{\"a\":{\"b\":[false,{\"c\":\"\u00e9\ud83d\ude00\"}]}}"})
    void aValueIsReadAsTheMapperReadsIt(String text) {
        assertThat(PlainJson.read(text)).isEqualTo(REFERENCE.readValue(text, Object.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nul", "NaN", "'a'", "{a:1}", "[1,]", "{\"a\":1} 5", "[1] x",
            "}",
            "]", "\"a", "{\"a\"", "[1", "01", "{\"a\":}", "\"\t\"", "// 1\n1"})
    void whatTheMapperRefusesIsRefused(String text) {
        assertThatThrownBy(() -> REFERENCE.readValue(text, Object.class))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> PlainJson.read(text)).isInstanceOf(JacksonException.class);
    }

    @Test
    void tenThousandBrokenTextsAreReadOrRefusedAsTheMapperDoesSeed8() {
        var random = new Random(8);
        for (int round = 0; round < 10_000; round++) {
            var text = new StringBuilder(REFERENCE.writeValueAsString(value(random, 4)));
            for (int change = random.nextInt(3); change > 0 && !text.isEmpty(); change--) {
                text.setCharAt(random.nextInt(text.length()),
                        "{}[]\",:0e.\\ntu- x".charAt(random.nextInt(17)));
            }
            assertThat(read(text.toString())).as(text.toString())
                    .isEqualTo(referred(text.toString()));
        }
    }

    @Test
    void whatIsWrittenIsReadBackSeed9() {
        var random = new Random(9);
        for (int round = 0; round < 1_000; round++) {
            Map<String, @Nullable Object> fields = fields(random, 4);

            String text = PlainJson.write(fields);

            assertThat(PlainJson.read(text)).isEqualTo(fields);
            assertThat(text).doesNotContain("\n");
        }
    }

    @Test
    void whatIsNoPlainValueIsNotWritten() {
        var fields = Map.of("at", Optional.of(1));

        assertThatThrownBy(() -> PlainJson.write(fields)).hasMessageContaining("Optional");
    }

    private static Object read(String text) {
        try {
            return Arrays.asList(PlainJson.read(text));
        } catch (JacksonException refused) {
            return "refused";
        }
    }

    private static Object referred(String text) {
        try {
            return Arrays.asList(REFERENCE.readValue(text, Object.class));
        } catch (JacksonException refused) {
            return "refused";
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> "\"\\\n\u0001".substring(random.nextInt(4));
            case 5 -> "name " + random.nextInt(9);
            case 6 -> elements(random, depth - 1);
            default -> fields(random, depth - 1);
        };
    }

    private static List<@Nullable Object> elements(Random random, int depth) {
        var elements = new ArrayList<@Nullable Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            elements.add(value(random, depth));
        }
        return elements;
    }

    private static Map<String, @Nullable Object> fields(Random random, int depth) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            fields.put("field " + left, value(random, depth));
        }
        return fields;
    }
}
