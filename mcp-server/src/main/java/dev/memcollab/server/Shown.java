package dev.memcollab.server;

import org.jspecify.annotations.Nullable;

/// A client's value as it stands in a sentence: short, a string in quotes.
public final class Shown {
    private static final int MOST = 80;

    private Shown() {}

    public static String of(@Nullable Object value) {
        String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "…";
    }
}
