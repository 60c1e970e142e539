package dev.memcollab.memory;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Takes a lock file, says so, and keeps it until it is killed.
final class LockChild {
    private LockChild() {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (var lock = new ProcessLock(Path.of(arguments[0])); var _ = lock.acquire()) {
            out.println("held");
            out.println(System.in.read());
        }
    }
}
