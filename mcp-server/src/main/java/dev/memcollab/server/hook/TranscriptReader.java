package dev.memcollab.server.hook;

import dev.memcollab.server.hook.Entry.Acted;
import dev.memcollab.server.hook.Entry.Interrupted;
import dev.memcollab.server.hook.Entry.Said;
import dev.memcollab.server.hook.Entry.Seen;
import dev.memcollab.server.hook.Entry.Thought;
import dev.memcollab.server.stdio.LineReader;
import dev.memcollab.server.stdio.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a transcript of Claude Code: a JSON object a line, of which several kinds are not documented.
///
/// A line that is no JSON, is longer than the cap or is of a kind not known here is skipped: the file may
/// be from another version, and its last line may be half written. What subagents did is left out, as is
/// what the client itself put in the user's mouth.
final class TranscriptReader {
    private static final int MOST_LINE_BYTES = 8 << 20;
    private static final Set<String> EDITING = Set.of("Edit", "MultiEdit", "Write", "NotebookEdit");
    private static final String INTERRUPTED = "[Request interrupted by user";
    /// What a client adds to the words of the user.
    private static final Pattern ADDED = Pattern.compile(
            "<(system-reminder|ide_\\w+|local-command-\\w+|command-\\w+)>.*?</\\1>",
            Pattern.DOTALL);
    private static final String CONTINUED = "This session is being continued from a previous";

    private TranscriptReader() {}

    /// Takes entries as they come.
    @FunctionalInterface
    interface Sink {
        /// Takes the next one.
        ///
        /// @param offset where its line begins, in bytes
        void accept(Entry entry, long offset);
    }

    /// Reads from a line on. A file that is shorter than that was written anew, and is read from its start.
    ///
    /// @param offset where a line begins, in bytes
    /// @return where the next line will begin
    static long read(Path transcript, long offset, Sink sink) throws IOException {
        long from = Files.size(transcript) < offset ? 0 : offset;
        try (InputStream in = Files.newInputStream(transcript)) {
            in.skipNBytes(from);
            var lines = new LineReader(in, MOST_LINE_BYTES);
            while (true) {
                long begin = from + lines.consumed();
                switch (lines.next()) {
                    case Line.Text(var text, _) ->
                        entries(text).forEach(entry -> sink.accept(entry, begin));
                    case Line.TooLong _,Line.NotUtf8 _ -> {
                    }
                    case Line.End _ -> {
                        return begin;
                    }
                }
            }
        }
    }

    private static Stream<Entry> entries(String line) {
        JsonNode fields;
        try {
            fields = JsonMapper.shared().readTree(line);
        } catch (JacksonException notJson) {
            return Stream.empty();
        }
        if (fields.path("isSidechain").asBoolean(false)) {
            return Stream.empty();
        }
        JsonNode message = fields.path("message");
        return switch (fields.path("type").asString("")) {
            case "user" -> ofUser(message, isClients(fields));
            case "assistant" -> ofAgent(message);
            default -> Stream.empty();
        };
    }

    /// Whether the words of a message are the client's.
    private static boolean isClients(JsonNode fields) {
        return fields.path("isMeta").asBoolean(false)
                || fields.path("isCompactSummary").asBoolean(false);
    }

    private static Stream<Entry> ofUser(JsonNode message, boolean clients) {
        List<JsonNode> blocks = blocks(message.path("content"));
        Stream<Entry> seen = blocks.stream().filter(block -> isA(block, "tool_result"))
                .map(block -> new Seen(block.path("tool_use_id").asString(""),
                        text(block.path("content"))));
        Stream<Entry> said = clients
                ? Stream.empty()
                : said(text(message.path("content"))).stream();
        return Stream.concat(seen, said);
    }

    private static Optional<Entry> said(String text) {
        if (text.startsWith(INTERRUPTED)) {
            return Optional.of(new Interrupted());
        }
        String words = ADDED.matcher(text).replaceAll("").strip();
        return words.isEmpty() || words.startsWith(CONTINUED)
                ? Optional.empty()
                : Optional.of(new Said(words));
    }

    private static Stream<Entry> ofAgent(JsonNode message) {
        String model = message.path("model").asString("");
        return blocks(message.path("content")).stream()
                .flatMap(block -> ofAgent(block, model).stream());
    }

    private static Optional<Entry> ofAgent(JsonNode block, String model) {
        if (isA(block, "text") && !block.path("text").asString("").isBlank()) {
            return Optional.of(new Thought(block.path("text").asString(""), model));
        }
        if (isA(block, "tool_use")) {
            String tool = block.path("name").asString("");
            return Optional.of(new Acted(block.path("id").asString(""), tool,
                    action(tool, block.path("input")), EDITING.contains(tool)));
        }
        return Optional.empty();
    }

    private static String action(String tool, JsonNode input) {
        String path = input.path("file_path").asString("");
        return switch (tool) {
            case "Bash" -> input.path("command").asString("");
            case "Edit" -> "Edit %s%n%s%n%s".formatted(path,
                    marked("- ", input.path("old_string").asString("")),
                    marked("+ ", input.path("new_string").asString("")));
            case "Write" -> "Write %s%n%s".formatted(path, input.path("content").asString(""));
            default -> tool + " " + input;
        };
    }

    private static String marked(String mark, String lines) {
        return lines.lines().map(line -> mark + line).collect(Collectors.joining("\n"));
    }

    /// What is text in a content, which is a text or a list of blocks.
    private static String text(JsonNode content) {
        return content.isString()
                ? content.asString()
                : blocks(content).stream().filter(block -> isA(block, "text"))
                        .map(block -> block.path("text").asString(""))
                        .collect(Collectors.joining("\n"));
    }

    private static List<JsonNode> blocks(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false).toList()
                : List.of();
    }

    private static boolean isA(JsonNode block, String type) {
        return block.path("type").asString("").equals(type);
    }
}
