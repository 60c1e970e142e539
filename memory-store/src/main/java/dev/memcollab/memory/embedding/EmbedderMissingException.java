package dev.memcollab.memory.embedding;

import java.io.Serial;

/// There is no embedder on this platform; recall goes by words alone.
public final class EmbedderMissingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    EmbedderMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
