package dev.memcollab.memory;

import dev.memcollab.embedding.Embedder;
import java.util.Optional;
import java.util.function.Supplier;

/// Where the index keeps what constraints mean.
///
/// An embedder has a field of its own, so that vectors of two are never compared.
final class Meanings {
    private final Supplier<Optional<Embedder>> embedder;

    /// @param embedder the one there is at the time; none while it is being loaded
    Meanings(Supplier<Optional<Embedder>> embedder) {
        this.embedder = embedder;
    }

    /// No embedder, never.
    static Meanings none() {
        return new Meanings(Optional::empty);
    }

    Optional<Embedder> embedder() {
        return embedder.get();
    }

    static String field(Embedder embedder) {
        return "meaning " + embedder.name();
    }
}
