package dev.memcollab.cli;

import dev.memcollab.install.Machine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// What a command finds around the program.
///
/// @param directory where it was called
/// @param launcher by what; empty where Java itself was called
record Surroundings(Machine machine, Path directory, Optional<Path> launcher, Person person,
        InstantSource clock) {
    static Surroundings ofThisProcess() {
        return new Surroundings(Machine.ofThisProcess(), Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getProperty("memcollab.launcher")).map(Path::of),
                Person.atTheTerminal(), InstantSource.system());
    }
}
