package dev.memcollab.embedding;

/// The port to a model that turns a text into a vector. Thread-safe.
public interface Embedder {
    /// What made the vectors, its version included: vectors of two names are never compared.
    String name();

    int dimensions();

    /// The vector of a text of any length, the empty one included.
    Embedding embed(String text);
}
