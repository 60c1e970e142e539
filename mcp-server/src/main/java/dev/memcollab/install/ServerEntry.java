package dev.memcollab.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a client is told to start the server.
///
/// @param command a program's path
public record ServerEntry(String command, List<String> arguments) {
    /// What clients call the server.
    static final String NAME = "memcollab";
    static final String COMMAND = "command";
    static final String ARGUMENTS = "args";

    public ServerEntry {
        arguments = List.copyOf(arguments);
    }

    /// The server behind a launcher.
    ///
    /// @param home where the memory is, if it is not in the platform's place
    public static ServerEntry of(Path launcher, Optional<Path> home) {
        var arguments = new ArrayList<>(List.of("serve")); // first, where the launcher looks for it
        home.ifPresent(place -> arguments
                .addAll(List.of("--home", place.toAbsolutePath().normalize().toString())));
        return new ServerEntry(launcher.toString(), arguments);
    }

    /// As all clients write it.
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(COMMAND, command);
        fields.put(ARGUMENTS, arguments);
        return fields;
    }
}
