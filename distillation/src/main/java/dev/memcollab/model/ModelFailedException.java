package dev.memcollab.model;

/// A model, its files or its engine failed; the message says what to do next.
public class ModelFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelFailedException(String message) {
        super(message);
    }

    public ModelFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
