package dev.memcollab.server.hook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Cuts a transcript into episodes, one a task of the user. Corrections, praise and words like "go on" belong
/// to the task before them.
final class Episodes {
    private final List<Episode> complete = new ArrayList<>();
    private @Nullable EpisodeDraft open;
    private long end;

    private final UnaryOperator<String> redaction;

    private Episodes(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /// Reads a transcript from a line on.
    ///
    /// @param offset where a task of the user begins, in bytes; 0 for all
    /// @param redaction takes secrets out
    static Episodes of(Path transcript, long offset, UnaryOperator<String> redaction)
            throws IOException {
        var episodes = new Episodes(redaction);
        episodes.end = TranscriptReader.read(transcript, offset, episodes::accept);
        return episodes;
    }

    /// Where what is written next will begin, in bytes.
    long end() {
        return end;
    }

    /// Those after which the user has asked for something else.
    List<Episode> complete() {
        return List.copyOf(complete);
    }

    /// The last one, which may go on; none where the user has not asked for anything.
    Optional<Episode> open() {
        return Optional.ofNullable(open).map(EpisodeDraft::finished);
    }

    private void accept(Entry entry, long offset) {
        EpisodeDraft draft = open;
        if (entry instanceof Entry.Said(var words)) {
            said(words, offset, draft);
        } else if (draft != null) {
            continued(entry, draft);
        }
    }

    private void said(String words, long offset, @Nullable EpisodeDraft draft) {
        if (draft == null) {
            open = new EpisodeDraft(words, offset, redaction);
            return;
        }
        switch (Remark.of(words)) {
            case CORRECTION -> draft.corrected(words);
            case APPROVAL -> draft.approved(words);
            case CONTINUATION -> draft.goesOn(words);
            case TASK -> {
                if (Remark.approves(words)) {
                    draft.approved(words);
                }
                complete.add(draft.finished());
                open = new EpisodeDraft(words, offset, redaction);
            }
        }
    }

    private static void continued(Entry entry, EpisodeDraft draft) {
        switch (entry) {
            case Entry.Thought thought -> draft.add(thought);
            case Entry.Acted action -> draft.add(action);
            case Entry.Seen seen -> draft.add(seen);
            case Entry.Interrupted _ -> draft.interrupted();
            case Entry.Said said -> draft.goesOn(said.text());
        }
    }
}
