package dev.memcollab.trajectory;

/// What decides whether an answer to a task is right.
public sealed interface Verifier {
    /// The final answer, compared as text or as a number.
    record Answer(String expected) implements Verifier {
        public Answer {
            if (expected.isBlank()) {
                throw new IllegalArgumentException("verifier.answer must not be blank");
            }
        }
    }

    /// Python that raises where the solution in front of it is wrong, such as assertions.
    record Tests(String code) implements Verifier {
        public Tests {
            if (code.isBlank()) {
                throw new IllegalArgumentException("verifier.tests must not be blank");
            }
        }
    }
}
