package dev.memcollab.server;

import dev.memcollab.jlama.catalogue.DataDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The directory that holds all of a user's data, and where in it things are.
///
/// @param root absolute
/// @param models where models are; a place of their own where several homes share them
public record Home(Path root, Path models) {
    public Home {
        root = root.toAbsolutePath().normalize();
        models = models.toAbsolutePath().normalize();
    }

    /// `--home` where given, else the [DataDirectory].
    public static Home locate(@Nullable Path given, Map<String, String> environment) {
        Path root = given != null ? given : DataDirectory.of(environment);
        return new Home(root, DataDirectory.models(root, environment));
    }

    public Path memory() {
        return root.resolve("memory");
    }

    /// Where the memory of an experiment is, beside that of the user.
    public Path experiment(String name) {
        return root.resolve("experiment").resolve(name);
    }

    /// What can be made again.
    public Path cache() {
        return root.resolve("cache");
    }

    /// What hooks know of sessions that go on.
    public Path hooks() {
        return root.resolve("hooks");
    }

    /// Where the servers of this home are heard.
    public Path run() {
        return root.resolve("run");
    }

    /// What failed where nobody listened.
    public Path log() {
        return root.resolve("log");
    }

    /// What a user adds to the taxonomy.
    Path taxonomy() {
        return root.resolve("taxonomy.txt");
    }

    public Path settings() {
        return root.resolve("settings.toml");
    }
}
