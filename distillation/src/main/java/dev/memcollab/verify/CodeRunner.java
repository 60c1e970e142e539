package dev.memcollab.verify;

import java.time.Duration;

/// The port to a place where Python that nobody vouches for can be run.
public interface CodeRunner {
    /// Runs a program to its end, or to the limit.
    Run run(String pythonCode, Duration limit) throws InterruptedException;

    /// How a program ended.
    ///
    /// @param passed whether it ended by itself, without an error
    /// @param output what it wrote, the end of it where that was much
    record Run(boolean passed, String output, boolean timedOut) {}
}
