package dev.memcollab.recall;

import dev.memcollab.embedding.Embedding;
import dev.memcollab.trajectory.TaskCategory;

/// A text of which it is known where it belongs.
record Example(TaskCategory category, String text) {
    /// The same by its meaning.
    record Embedded(TaskCategory category, Embedding embedding) {}
}
