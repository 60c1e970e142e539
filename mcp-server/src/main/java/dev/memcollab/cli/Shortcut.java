package dev.memcollab.cli;

import dev.memcollab.server.Home;
import dev.memcollab.server.Wiring;
import dev.memcollab.server.stdio.ProtocolStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What clients start all day (`serve`, `serve --home DIR`, `hook EVENT`), without what reads command
/// lines: to load that takes longer than all else before the first reply.
final class Shortcut {
    private Shortcut() {}

    /// Does it; false where the command line is to be read after all.
    static boolean isTaken(ProtocolStreams streams, Instant begun, String... arguments)
            throws IOException, InterruptedException {
        boolean named = arguments.length == 3 && arguments[1].equals("--home");
        if (arguments.length > 0 && arguments[0].equals("serve")
                && (arguments.length == 1 || named)) {
            Home home = Home.locate(named ? Path.of(arguments[2]) : null, System.getenv());
            Serve.serve(streams, () -> new Wiring(home));
            return true;
        }
        if (arguments.length == 2 && arguments[0].equals("hook")
                && !arguments[1].startsWith("-")) {
            Optional<String> told = Hook.run(arguments[1], home(), streams.in(),
                    begun.plusMillis(Hook.PATIENCE_MILLIS));
            if (told.isPresent()) {
                streams.out().write((told.get() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return true;
        }
        return false;
    }

    private static Home home() {
        return Home.locate(null, System.getenv());
    }
}
