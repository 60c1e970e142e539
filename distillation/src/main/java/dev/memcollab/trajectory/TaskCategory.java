package dev.memcollab.trajectory;

import java.util.Locale;

/// The kind of a task, in two levels, such as `code / iteration`. The same function gives it at
/// writing and at recall (the paper's f(x)).
public record TaskCategory(String category, String subcategory) {
    public static final TaskCategory UNKNOWN = new TaskCategory("unknown", "unknown");

    public TaskCategory {
        category = label("category", category);
        subcategory = label("subcategory", subcategory);
    }

    public boolean isUnknown() {
        return equals(UNKNOWN);
    }

    private static String label(String field, String value) {
        String label = value.strip().toLowerCase(Locale.ROOT);
        if (label.isEmpty() || label.length() > 60) {
            throw new IllegalArgumentException(
                    "%s must have 1 to 60 characters, got %d".formatted(field, label.length()));
        }
        return label;
    }

    @Override
    public String toString() {
        return category + " / " + subcategory;
    }
}
