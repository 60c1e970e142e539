package dev.memcollab.memory;

import dev.memcollab.model.ModelRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a JSON object, each of the type it must have.
final class Fields {
    private Fields() {}

    static String text(JsonNode object, String name) {
        return optionalText(object, name).orElseThrow(() -> wrong(name, "be a string"));
    }

    static Optional<String> optionalText(JsonNode object, String name) {
        return object.path(name).stringValueOpt();
    }

    static int integer(JsonNode object, String name) {
        return object.path(name).intValueOpt().orElseThrow(() -> wrong(name, "be an integer"));
    }

    static double number(JsonNode object, String name) {
        return object.path(name).doubleValueOpt().orElseThrow(() -> wrong(name, "be a number"));
    }

    static boolean truth(JsonNode object, String name) {
        return object.path(name).booleanValueOpt()
                .orElseThrow(() -> wrong(name, "be true or false"));
    }

    static JsonNode object(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isObject()) {
            throw wrong(name, "be an object");
        }
        return value;
    }

    /// The elements of an array; none where it is absent.
    static List<JsonNode> elements(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isArray() && !value.isMissingNode()) {
            throw wrong(name, "be an array");
        }
        return List.copyOf(value.values());
    }

    static List<String> texts(JsonNode object, String name) {
        return elements(object, name).stream()
                .map(element -> element.stringValueOpt()
                        .orElseThrow(() -> wrong(name, "hold strings")))
                .toList();
    }

    static void putTexts(ObjectNode object, String name, List<String> values) {
        ArrayNode array = object.putArray(name);
        values.forEach(array::add);
    }

    static ModelRole role(JsonNode object, String name) {
        return role(text(object, name));
    }

    static ModelRole role(String label) {
        return ModelRole.valueOf(label.toUpperCase(Locale.ROOT));
    }

    static String label(ModelRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException("%s must %s".formatted(name, rule));
    }
}
