package dev.memcollab.jlama.gguf;

import dev.memcollab.jlama.gguf.MetadataValue.Array;
import dev.memcollab.jlama.gguf.MetadataValue.Flag;
import dev.memcollab.jlama.gguf.MetadataValue.Real;
import dev.memcollab.jlama.gguf.MetadataValue.Text;
import dev.memcollab.jlama.gguf.MetadataValue.Whole;
import dev.memcollab.model.ModelFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The metadata of a GGUF file, by key and type.
///
/// A key of another type than asked for fails like a missing one: with a [ModelFailedException]
/// that names the file, the key and what was found.
public record Metadata(Path file, Map<String, MetadataValue> values) {
    private static final int SHOWN = 80;

    public Metadata {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public String text(String key) {
        return required(key, findText(key));
    }

    public Optional<String> findText(String key) {
        return find(key, "a string", value -> value instanceof Text(var text) ? text : null);
    }

    public int whole(String key) {
        return required(key, findWhole(key));
    }

    public Optional<Integer> findWhole(String key) {
        return find(key, "an integer of 32 bits",
                value -> value instanceof Whole(var whole) && whole == (int) whole
                        ? (Integer) (int) whole
                        : null);
    }

    public float real(String key) {
        return required(key, findReal(key));
    }

    public Optional<Float> findReal(String key) {
        return find(key, "a number", value -> value instanceof Real(var real)
                ? (Float) (float) real
                : null);
    }

    public Optional<Boolean> findFlag(String key) {
        return find(key, "a boolean", value -> value instanceof Flag(var flag)
                ? (Boolean) flag
                : null);
    }

    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var value : array(key)) {
            if (!(value instanceof Text(var text))) {
                throw mismatch(key, "an array of strings", value);
            }
            texts.add(text);
        }
        return texts;
    }

    public List<Integer> wholes(String key) {
        var wholes = new ArrayList<Integer>();
        for (var value : array(key)) {
            if (!(value instanceof Whole(var whole)) || whole != (int) whole) {
                throw mismatch(key, "an array of integers of 32 bits", value);
            }
            wholes.add((int) whole);
        }
        return wholes;
    }

    private List<MetadataValue> array(String key) {
        return required(key, find(key, "an array",
                value -> value instanceof Array(var elements) ? elements : null));
    }

    private <T> Optional<T> find(String key, String expected,
            Function<MetadataValue, @Nullable T> as) {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        var typed = as.apply(value);
        if (typed == null) {
            throw mismatch(key, expected, value);
        }
        return Optional.of(typed);
    }

    private <T> T required(String key, Optional<T> found) {
        return found.orElseThrow(() -> new ModelFailedException(
                "%s: the metadata lacks %s".formatted(file, key)));
    }

    private ModelFailedException mismatch(String key, String expected, MetadataValue found) {
        var shown = found.toString();
        return new ModelFailedException("%s: %s must be %s, got %s".formatted(file, key, expected,
                shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown));
    }
}
