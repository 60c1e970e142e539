package dev.memcollab.server.hook;

/// What a line of a transcript tells, as far as it matters here.
sealed interface Entry {
    /// The user typed something.
    record Said(String text) implements Entry {}

    /// The agent wrote something.
    ///
    /// @param model that wrote it; empty where it is not told
    record Thought(String text, String model) implements Entry {}

    /// The agent used a tool.
    ///
    /// @param call what its result refers to
    /// @param text what it did with it, to read
    /// @param edits whether that changes files
    record Acted(String call, String tool, String text, boolean edits) implements Entry {}

    /// A tool returned something.
    record Seen(String call, String text) implements Entry {}

    /// The user stopped the agent.
    record Interrupted() implements Entry {}
}
