package dev.memcollab.jlama.catalogue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where a user's data lies, and in it the models.
public final class DataDirectory {
    private DataDirectory() {}

    /// `MEMCOLLAB_HOME`, or else `memcollab` in the platform's data directory.
    public static Path of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")));
    }

    /// The same on a system of the given name, for a user whose home is there.
    public static Path of(Map<String, String> environment, String system, Path userHome) {
        String home = environment.getOrDefault("MEMCOLLAB_HOME", "");
        return home.isBlank()
                ? platform(environment, system.toLowerCase(Locale.ROOT), userHome)
                        .resolve("memcollab")
                : Path.of(home);
    }

    /// `MEMCOLLAB_MODELS`, for several homes that share their models, or else `models` in the data
    /// directory.
    public static Path models(Path data, Map<String, String> environment) {
        String models = environment.getOrDefault("MEMCOLLAB_MODELS", "");
        return models.isBlank() ? data.resolve("models") : Path.of(models);
    }

    private static Path platform(Map<String, String> environment, String system, Path userHome) {
        if (system.startsWith("mac")) {
            return userHome.resolve("Library/Application Support");
        }
        boolean windows = system.startsWith("windows");
        String data = environment.getOrDefault(windows ? "LOCALAPPDATA" : "XDG_DATA_HOME", "");
        if (!data.isBlank()) {
            return Path.of(data);
        }
        return userHome.resolve(windows ? "AppData/Local" : ".local/share");
    }
}
