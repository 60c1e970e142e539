package dev.memcollab.install;

import java.nio.file.Path;
import java.util.Map;

/// A user's account on a system, as far as files are looked for in it.
public record Machine(Platform platform, Path userHome, Map<String, String> environment) {
    public Machine {
        environment = Map.copyOf(environment);
    }

    /// The account that this process runs in.
    public static Machine ofThisProcess() {
        return new Machine(Platform.named(System.getProperty("os.name", "")),
                Path.of(System.getProperty("user.home", ".")), System.getenv());
    }

    /// Where a variable points to, or else another place.
    Path place(String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : userHome.resolve(value);
    }

    /// Where programs built on Electron keep a user's settings.
    Path applicationData() {
        return switch (platform) {
            case LINUX -> place("XDG_CONFIG_HOME", userHome.resolve(".config"));
            case MAC -> userHome.resolve("Library/Application Support");
            case WINDOWS -> place("APPDATA", userHome.resolve("AppData/Roaming"));
        };
    }
}
