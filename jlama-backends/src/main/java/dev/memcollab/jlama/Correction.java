package dev.memcollab.jlama;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import dev.memcollab.jlama.tokenizer.ChatTemplate;
import dev.memcollab.model.Prompt;
import java.nio.file.Path;

/// A function that is to be written out corrected, so that most of the answer stands in the prompt.
final class Correction {
    // The first fault lies where a short answer comes to it, too: what is drafted there is refused,
    // if the model heeds what it was told.

    private static final String FUNCTION = """
            def merge_bookings(bookings, opening, closing):
                \"""Merge the bookings of a room, which are pairs of minutes.

                Bookings that touch become one, and what lies outside is cut off.
                \"""
                if opening > closing:
                    raise ValueError("opening must lie before closing")
                inside = []
                for start, end in bookings:
                    if start > end:
                        raise ValueError(f"{start} to {end} ends before it starts")
                    start = max(start, closing)
                    end = min(end, closing)
                    if start < end:
                        inside.append((start, end))
                inside.sort()
                taken = []
                for start, end in inside:
                    if taken and start <= taken[-1][1]:
                        last_start, last_end = taken.pop()
                        taken.append((last_start, max(last_end, end)))
                    else:
                        taken.append((start, end))
                free = []
                position = opening
                for start, end in taken:
                    if position < start:
                        free.append((position, start))
                    position = end
                if position < closing:
                    free.append((position, closing))
                minutes = sum(end - start for start, end in taken)
                share = minutes / (closing - opening)
                return {
                    "taken": taken,
                    "free": free,
                    "minutes": minutes,
                    "share": round(share, 3),
                }
            """;

    private static final String REQUEST = """
            This function divides by zero when opening equals closing: the first check must refuse \
            that, too. And it drops every booking: start must not become less than opening.

            ```python
            %s```

            Write out the whole function, corrected, and nothing else.""".formatted(FUNCTION);

    private Correction() {}

    /// The prompt up to where the answer goes on with code, as a model's tokens.
    static int[] tokens(Path modelDirectory) {
        var prompt = Prompt.of("You correct Python code.", REQUEST).answering("```python\n");
        return ChatTemplate.read(modelDirectory).encode(prompt,
                ByteLevelTokenizer.read(modelDirectory));
    }
}
