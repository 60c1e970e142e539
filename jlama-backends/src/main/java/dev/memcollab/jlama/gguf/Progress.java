package dev.memcollab.jlama.gguf;

/// Hears how far a long work on a model has come.
@FunctionalInterface
public interface Progress {
    Progress NONE = (phase, doneBytes, totalBytes) -> {
    };

    /// Called often, from the thread that does the work; what it throws ends the work.
    ///
    /// @param doneBytes at most `totalBytes`; may go back when a source failed and another is tried
    /// @param totalBytes the size of this phase, 0 where it has none
    void report(Phase phase, long doneBytes, long totalBytes);

    /// What is being done.
    enum Phase {
        /// Another process works on the same model.
        WAITING,
        /// Bytes come in over the network.
        DOWNLOADING,
        /// Downloaded parts are joined.
        ASSEMBLING,
        /// A digest is computed.
        VERIFYING,
        /// Weights are converted.
        IMPORTING
    }
}
