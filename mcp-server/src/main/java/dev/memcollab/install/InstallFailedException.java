package dev.memcollab.install;

import java.nio.file.Path;

/// A client's file could not be read or changed; it is as it was.
public final class InstallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InstallFailedException(String message) {
        super(message);
    }

    InstallFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The same, said of a file.
    ///
    /// @param file where the text is from that was at fault
    InstallFailedException in(Path file) {
        return new InstallFailedException(
                "%s, %s; it was not changed".formatted(file, getMessage()), this);
    }
}
