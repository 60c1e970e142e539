package dev.memcollab.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.hook.Entry.Acted;
import dev.memcollab.server.hook.Entry.Interrupted;
import dev.memcollab.server.hook.Entry.Said;
import dev.memcollab.server.hook.Entry.Seen;
import dev.memcollab.server.hook.Entry.Thought;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptReaderTest {
    @TempDir
    private Path directory;

    private static List<Entry> read(Path transcript, long offset) throws IOException {
        var entries = new ArrayList<Entry>();
        TranscriptReader.read(transcript, offset, (entry, _) -> entries.add(entry));
        return entries;
    }

    @Test
    void ofARecordedSessionTheUsersWordsAreLeftAndWhatTheAgentDidAndSaw() throws IOException {
        List<Entry> entries = read(Transcripts.session(directory), 0);

        assertThat(entries).filteredOn(Said.class::isInstance).containsExactly(
                new Said("Read the dates from the cells of orders.csv and report the invalid ones"
                        + " with their line."),
                new Said("thanks!"), new Said("Add a flag --json to the report command."),
                new Said("No, the flag must not change what is printed without it."));
        assertThat(entries).filteredOn(Acted.class::isInstance).hasSize(7)
                .element(0).isEqualTo(new Acted("toolu_01", "Edit", """
                        Edit /home/ada/orders/dates.py
                        - pass
                        + return re.fullmatch(r'\\d{4}-\\d{2}-\\d{2}', cell)""", true));
        assertThat(entries).contains(new Interrupted(),
                new Seen("toolu_04", "4 passed in 0.04s"),
                new Thought("Impossible days are reported now.", "claude-opus-4-6"));
    }

    @Test
    void whatIsOfTheClientOfSubagentsOrOfAnUnknownKindIsSkipped() throws IOException {
        assertThat(read(Transcripts.session(directory), 0).toString()).doesNotContain("Caveat",
                "/model", "Set model", "todo list", "subagent", "continued from", "surprise",
                "A pattern may be enough");
    }

    @Test
    void brokenLinesAreSkipped() throws IOException {
        Path transcript = Transcripts.of(directory, "", "no JSON", "[1]", "7", "{}",
                "{\"type\":7,\"message\":[]}", "{\"type\":\"user\",\"message\":{\"content\":9}}",
                "{\"type\":\"assistant\",\"message\":{\"content\":[3,{\"type\":\"tool_use\"}]}}",
                Transcripts.user("Count the words."));

        assertThat(read(transcript, 0)).filteredOn(Said.class::isInstance)
                .containsExactly(new Said("Count the words."));
    }

    @Test
    void aLineBeyondAllMeasureIsSkippedWithoutBeingHeld() throws IOException {
        Path transcript = Transcripts.of(directory, Transcripts.user("a".repeat(9 << 20)),
                Transcripts.user("Count the words."));

        assertThat(read(transcript, 0)).containsExactly(new Said("Count the words."));
    }

    @Test
    void itGoesOnAtTheLineThatAnEntryCameFrom() throws IOException {
        Path transcript = Transcripts.of(directory, Transcripts.user("Zähle die Wörter."),
                Transcripts.user("Sort them."));
        var offsets = new ArrayList<Long>();
        TranscriptReader.read(transcript, 0, (_, offset) -> offsets.add(offset));

        assertThat(read(transcript, offsets.getLast())).containsExactly(new Said("Sort them."));
    }

    @Test
    void aFileThatWasWrittenAnewIsReadFromItsStart() throws IOException {
        Path transcript = Transcripts.of(directory, Transcripts.user("Count the words."));

        assertThat(read(transcript, 1_000_000)).containsExactly(new Said("Count the words."));
    }
}
