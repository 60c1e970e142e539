package dev.memcollab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the program's sources are, if it was started by the launcher of a checkout.
public final class Checkout {
    private Checkout() {}

    /// The commit that is checked out, marked where files differ from it.
    public static Optional<String> commit() throws InterruptedException {
        Optional<Path> directory = directory();
        return directory.isEmpty() ? Optional.empty() : commit(directory.get());
    }

    /// The directory of the launcher.
    public static Optional<Path> directory() {
        return Optional.ofNullable(System.getProperty("memcollab.launcher"))
                .map(launcher -> Path.of(launcher).getParent());
    }

    private static Optional<String> commit(Path directory) throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty",
                    "--exclude=*").directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            List<String> said = git.inputReader().readAllLines();
            return git.waitFor() == 0 ? said.stream().findFirst() : Optional.empty();
        } catch (IOException e) { // no git
            return Optional.empty();
        }
    }
}
