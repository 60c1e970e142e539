package dev.memcollab.server;

import dev.memcollab.memory.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What a user may set in `settings.toml`. An unknown setting is an error, so that a misspelt one
/// is not silently without effect.
///
/// @param weak name of the installed model in the weak role
/// @param strong name of the installed model in the strong role
/// @param allowCode whether code that comes with a task may be run, in the sandbox
/// @param threads of the distiller; 0 leaves a core free
/// @param redactEmails whether e-mail addresses are taken out like secrets
public record Settings(String weak, String strong, boolean allowCode, int threads,
        boolean redactEmails) {
    public static final Settings DEFAULT = new Settings("qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b",
            false, 0, false);

    private static final Set<String> KNOWN = Set.of("weak", "strong", "allow_code", "threads",
            "redact_emails");

    public Settings {
        Required.text("weak", weak);
        Required.text("strong", strong);
        Required.inRange("threads", threads, 0, 256);
        if (weak.equals(strong)) {
            throw new IllegalArgumentException(
                    "weak and strong must be two different models, got \"%s\" twice"
                            .formatted(weak));
        }
    }

    /// Reads the file, or takes the defaults where there is none.
    public static Settings read(Path file) {
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        try {
            return of(new TomlMapper().readTree(Files.readString(file)));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Settings of(JsonNode toml) {
        var unknown = new TreeSet<>(toml.propertyNames());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown setting \"%s\"; known are %s"
                    .formatted(unknown.first(), new TreeSet<>(KNOWN)));
        }
        return new Settings(text(toml, "weak", DEFAULT.weak), text(toml, "strong", DEFAULT.strong),
                flag(toml, "allow_code", DEFAULT.allowCode),
                number(toml, "threads", DEFAULT.threads),
                flag(toml, "redact_emails", DEFAULT.redactEmails));
    }

    /// What is taken out of all that is kept.
    public Redaction redaction() {
        return redactEmails ? Redaction.withEmails() : new Redaction();
    }

    private static String text(JsonNode toml, String key, String otherwise) {
        JsonNode value = toml.get(key);
        require(value == null || value.isString(), key, "a string", value);
        return value == null ? otherwise : value.asString();
    }

    private static boolean flag(JsonNode toml, String key, boolean otherwise) {
        JsonNode value = toml.get(key);
        require(value == null || value.isBoolean(), key, "true or false", value);
        return value == null ? otherwise : value.asBoolean();
    }

    private static int number(JsonNode toml, String key, int otherwise) {
        JsonNode value = toml.get(key);
        require(value == null || value.isInt(), key, "a whole number", value);
        return value == null ? otherwise : value.asInt();
    }

    private static void require(boolean holds, String key, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s must be %s, got %s".formatted(key, rule, value));
        }
    }
}
