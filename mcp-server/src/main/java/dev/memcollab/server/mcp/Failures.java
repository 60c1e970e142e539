package dev.memcollab.server.mcp;

import java.lang.System.Logger.Level;

/// What is told of a memory that failed.
final class Failures {
    private Failures() {}

    /// The first line of what the failure says: a sentence for the agent, never a stack.
    static String sentence(RuntimeException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? "the server's log on stderr says how"
                : message.strip().lines().findFirst().orElse(message);
    }

    /// How loud the failure is logged on the thread that met it: a cancelled call has every right to fail.
    static Level level() {
        return Thread.currentThread().isInterrupted() ? Level.DEBUG : Level.WARNING;
    }
}
