package dev.memcollab.memory;

/// The memory on disk could not be read or written; the message says what to do next.
public final class MemoryFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MemoryFailedException(String message) {
        super(message);
    }

    public MemoryFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
