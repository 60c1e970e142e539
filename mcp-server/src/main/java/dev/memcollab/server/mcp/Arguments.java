package dev.memcollab.server.mcp;

import dev.memcollab.server.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The arguments of one call, read field by field.
///
/// What does not fit is an [IllegalArgumentException] whose message names field, rule and value. A field that is null counts as
/// absent.
final class Arguments {
    private final String path;
    private final Map<?, ?> values;

    private Arguments(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    /// Opens the arguments of a tool; fields other than the known ones are refused.
    static Arguments of(@Nullable Map<String, Object> values, List<String> known) {
        return new Arguments("", values == null ? Map.of() : values).allowing(known);
    }

    private Arguments allowing(List<String> known) {
        for (Object name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field " + path + name + " (value " + Shown.of(values.get(name))
                                + "): the fields are " + String.join(", ", known));
            }
        }
        return this;
    }

    String text(String name, int mostChars) {
        String text = optionalText(name, mostChars);
        if (text == null) {
            throw new IllegalArgumentException(path + name + " is required, got none");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    path + name + " must not be blank, got " + Shown.of(text));
        }
        return text;
    }

    @Nullable
    String optionalText(String name, int mostChars) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw mistyped(path + name, "a string", value);
        }
        if (text.length() > mostChars) {
            throw new IllegalArgumentException(path + name + " may have at most " + mostChars
                    + " characters, got " + text.length());
        }
        return text;
    }

    /// Reads an optional text that means the same blank and absent.
    @Nullable
    String filledText(String name, int mostChars) {
        String text = optionalText(name, mostChars);
        return text == null || text.isBlank() ? null : text;
    }

    /// Reads an optional text that may be left out, but not blank: blank would look like a choice.
    @Nullable
    String optionalName(String name, int mostChars) {
        return has(name) ? text(name, mostChars).strip() : null;
    }

    int integer(String name, int otherwise, int least, int most) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Number number) || number.doubleValue() % 1 != 0) {
            throw mistyped(path + name, "an integer", value);
        }
        if (number.doubleValue() < least || number.doubleValue() > most) {
            throw new IllegalArgumentException(path + name + " must lie in [" + least + ", " + most
                    + "], got " + Shown.of(value));
        }
        return number.intValue();
    }

    /// Reads a required word that names a constant, in lower case.
    <E extends Enum<E>> E choice(String name, E[] constants) {
        Object value = values.get(name);
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        String words = Stream.of(constants).map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(path + name + " must be one of " + words + ", got "
                + (value == null ? "none" : Shown.of(value)));
    }

    List<String> texts(String name, int mostTexts, int mostChars) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw mistyped(path + name, "an array of strings", value);
        }
        if (items.size() > mostTexts) {
            throw new IllegalArgumentException(path + name + " may have at most " + mostTexts
                    + " entries, got " + items.size());
        }
        var texts = new ArrayList<String>();
        for (Object item : items) {
            String field = name + "[" + texts.size() + "]";
            texts.add(new Arguments(path, singleton(field, item)).text(field, mostChars));
        }
        return texts;
    }

    /// Reads an optional object with nothing but the known fields.
    @Nullable
    Arguments object(String name, List<String> known) {
        Object value = values.get(name);
        return value == null ? null : objectOf(name, value, known);
    }

    Arguments objectOf(String name, @Nullable Object value, List<String> known) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw mistyped(path + name, "an object with " + String.join(", ", known), value);
        }
        return new Arguments(path + name + ".", fields).allowing(known);
    }

    @Nullable
    Object raw(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    static IllegalArgumentException mistyped(String field, String wanted, @Nullable Object value) {
        return new IllegalArgumentException(
                field + " must be " + wanted + ", got " + Shown.of(value));
    }

    private static Map<String, Object> singleton(String name, @Nullable Object value) {
        return value == null ? Map.of() : Map.of(name, value);
    }
}
