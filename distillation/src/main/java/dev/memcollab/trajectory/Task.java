package dev.memcollab.trajectory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A task as its user stated it, and where it belongs.
///
/// @param text the statement
/// @param givenId the caller's own id of the task, shared by all runs of it
/// @param category told by the caller; null where it is to be found out
/// @param verifier decides whether an answer is right; null where nothing does
public record Task(String text, @Nullable String givenId, Project project,
        @Nullable TaskCategory category, @Nullable Verifier verifier) {
    public static final int MAX_CHARACTERS = 20_000;

    public Task {
        text = text.strip();
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("task must have 1 to %d characters, got %d"
                    .formatted(MAX_CHARACTERS, text.length()));
        }
        if (givenId != null && givenId.isBlank()) {
            throw new IllegalArgumentException("task_id must not be blank");
        }
    }

    public static Task of(String text, Project project) {
        return new Task(text, null, project, null, null);
    }

    public Task in(TaskCategory category) {
        return new Task(text, givenId, project, category, verifier);
    }

    /// Whether runs of the other task may be contrasted with runs of this one: the same id, or the
    /// same words, in the same project.
    public boolean sameAs(Task other) {
        boolean sameId = givenId != null && givenId.equals(other.givenId);
        return project.equals(other.project)
                && (sameId || normalisedText().equals(other.normalisedText()));
    }

    /// The statement without what does not change its meaning: case, runs of white space, the full
    /// stop at its end.
    public String normalisedText() {
        return normalised(text);
    }

    /// A statement without what does not change its meaning.
    public static String normalised(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("[.\\s]+$", "");
    }
}
