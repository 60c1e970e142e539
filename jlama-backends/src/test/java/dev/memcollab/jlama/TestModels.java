package dev.memcollab.jlama;

import dev.memcollab.jlama.catalogue.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// The real models that tests tagged `model` run on.
///
/// Looked for where the program looks for them. A test whose model is not there is skipped, but
/// fails with `CI=true`, where [TestModelsPull] has brought them.
public final class TestModels {
    private static final List<String> FILES = List.of("tokenizer.json", "tokenizer_config.json",
            "config.json", "model.safetensors");

    private TestModels() {}

    /// The directory of a model by its catalogue name, such as `smollm2-135m`.
    public static Path require(String name) {
        return require(name, System.getenv(), System.getProperty("os.name"),
                Path.of(System.getProperty("user.home")));
    }

    static Path require(String name, Map<String, String> environment, String os, Path userHome) {
        Path data = DataDirectory.of(environment, os, userHome);
        Path directory = DataDirectory.models(data, environment).resolve(name);
        Optional<Path> missing = FILES.stream().map(directory::resolve)
                .filter(file -> !Files.isRegularFile(file)).findFirst();
        if (missing.isPresent()) {
            String message = "no model file %s: ./memcollab models pull %s"
                    .formatted(missing.get(), name);
            if ("true".equals(environment.get("CI"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        return directory;
    }
}
