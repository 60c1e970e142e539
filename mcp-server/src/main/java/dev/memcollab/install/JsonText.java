package dev.memcollab.install;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON text, with comments if there are any, and the places of its objects and members.
final class JsonText {
    // Only what belongs to a member is ever touched: the blanks before it, itself, and one comma.
    // To take out what was put in gives the text back.

    /// More levels than are ever spliced; what is deeper is skipped.
    private static final int DEEPEST = 3;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    private final String text;
    private final Braces root;

    /// The place of an object.
    ///
    /// @param open offset of its first brace
    /// @param close offset of its last brace
    record Braces(int open, int close, List<Member> members) {
        Optional<Member> member(String name) {
            return members.stream().filter(member -> member.name().equals(name)).findFirst();
        }
    }

    /// The place of a member.
    ///
    /// @param start offset of its name
    /// @param value offset of its value
    /// @param end offset behind its value
    /// @param braces its value, if that is an object
    record Member(String name, int start, int value, int end, Optional<Braces> braces) {}

    private JsonText(String text, Braces root) {
        this.text = text;
        this.root = root;
    }

    static JsonText of(String text) {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw failure(parser.currentTokenLocation(), "an object was expected");
            }
            Braces root = braces(parser, 0);
            if (parser.nextToken() != null) {
                throw failure(parser.currentTokenLocation(), "there is more behind the object");
            }
            return new JsonText(text, root);
        } catch (JacksonException e) {
            throw failure(e.getLocation(), e.getOriginalMessage());
        }
    }

    private static JsonParser parser(String text) {
        return MAPPER.tokenStreamFactory().createParser(ObjectReadContext.empty(),
                new StringReader(text.replace(BYTE_ORDER_MARK, ' ')));
    }

    private static InstallFailedException failure(TokenStreamLocation where, String why) {
        return new InstallFailedException("line %d: %s".formatted(where.getLineNr(), why));
    }

    private static Braces braces(JsonParser parser, int depth) {
        int open = start(parser);
        var members = new ArrayList<Member>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int start = start(parser);
            JsonToken token = parser.nextToken();
            int value = start(parser);
            Optional<Braces> inner = Optional.empty();
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                inner = Optional.of(braces(parser, depth + 1));
            } else {
                parser.skipChildren();
                parser.finishToken();
            }
            int end = (int) parser.currentLocation().getCharOffset();
            members.add(new Member(name, start, value, end, inner));
        }
        return new Braces(open, start(parser), List.copyOf(members));
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    Braces root() {
        return root;
    }

    /// What the text means.
    JsonNode tree() {
        try (JsonParser parser = MAPPER.createParser(new StringReader(
                text.replace(BYTE_ORDER_MARK, ' ')))) {
            return MAPPER.readTree(parser);
        }
    }

    /// The line that an offset is in, from 1.
    int line(int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    /// The text with a member behind all others of an object.
    String with(Braces into, String name, Object value) {
        int tail = behindBlanks(into.close());
        String blanks = text.substring(tail, into.close());
        boolean trailing = false;
        int last = tail;
        if (!into.members().isEmpty()) {
            last = into.members().getLast().end();
            trailing = text.charAt(behindComments(last)) == ',';
        }
        boolean inLine = isInLine(into);
        String indent = inLine ? "" : indent(into);
        String before = inLine ? (into.members().isEmpty() ? "" : " ") : newline() + indent;
        String after = inLine || blanks.contains("\n")
                ? blanks
                : newline() + indentOfLine(into.open());
        return text.substring(0, last) + (into.members().isEmpty() || trailing ? "" : ",")
                + text.substring(last, tail) + before + quoted(name) + ": "
                + (inLine ? inLine(value) : inLines(value, indent)) + (trailing ? "," : "")
                + after + text.substring(into.close());
    }

    /// The text with another value for a member.
    String with(Member member, Object value) {
        return text.substring(0, member.value()) + inLine(value) + text.substring(member.end());
    }

    /// The text without a member of an object.
    String without(Braces from, Member member) {
        int next = behindComments(member.end());
        if (text.charAt(next) == ',') {
            String between = text.substring(member.end(), next);
            return joined(from, text.substring(0, member.start()),
                    (between.isBlank() ? "" : between) + text.substring(next + 1));
        }
        String rest = text.substring(member.end());
        int index = from.members().indexOf(member);
        if (index == 0) {
            return joined(from, text.substring(0, member.start()), rest);
        }
        int comma = behindComments(from.members().get(index - 1).end());
        return joined(from,
                text.substring(0, comma) + text.substring(comma + 1, member.start()), rest);
    }

    /// What was before a member and what comes behind it, without the blanks between.
    private static String joined(Braces from, String before, String rest) {
        String head = before.stripTrailing();
        if (head.length() == from.open() + 1) {
            return (rest.stripLeading().startsWith("}") ? head : before) + rest.stripLeading();
        }
        String blanks = before.substring(head.length());
        String follows = rest.substring(0, rest.length() - rest.stripLeading().length());
        // Without a newline, a comment that ends the head would go on.
        return blanks.contains("\n") && !follows.contains("\n")
                ? before + rest.stripLeading()
                : head + rest;
    }

    /// Whether an object stands in one line, and what is put into it therefore shall.
    private boolean isInLine(Braces braces) {
        return braces.members().isEmpty()
                ? !root.members().isEmpty() && isInLine(root)
                : !text.substring(braces.open(), braces.close()).contains("\n");
    }

    /// The offset behind the last character before another that is no blank.
    private int behindBlanks(int offset) {
        int at = offset;
        while (Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /// The offset of the next character that is neither blank nor in a comment.
    private int behindComments(int offset) {
        int at = offset;
        while (true) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = text.indexOf('\n', at);
            } else if (text.startsWith("/*", at)) {
                at = text.indexOf("*/", at) + 2;
            } else {
                return at;
            }
        }
    }

    private String indent(Braces in) {
        return in.members().stream().map(member -> blanksBefore(member.start()))
                .flatMap(Optional::stream).findFirst()
                .orElseGet(() -> indentOfLine(in.open()) + unit());
    }

    /// What one level is indented by.
    private String unit() {
        return root.members().stream().map(member -> blanksBefore(member.start()))
                .flatMap(Optional::stream).filter(blanks -> !blanks.isEmpty()).findFirst()
                .orElse("  ");
    }

    /// What is before an offset in its line, if there are only blanks.
    private Optional<String> blanksBefore(int offset) {
        int line = text.lastIndexOf('\n', offset - 1);
        return line < 0
                ? Optional.empty()
                : Optional.of(text.substring(line + 1, offset)).filter(String::isBlank);
    }

    private String indentOfLine(int offset) {
        String line = text.substring(text.lastIndexOf('\n', offset) + 1, offset);
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private String newline() {
        return ConfigText.newline(text);
    }

    private String inLines(Object value, String indent) {
        if (!(value instanceof Map<?, ?> fields)) {
            return inLine(value);
        }
        String deeper = indent + unit();
        return fields.entrySet().stream()
                .map(field -> newline() + deeper + quoted(field.getKey()) + ": "
                        + inLines(field.getValue(), deeper))
                .collect(Collectors.joining(",", "{", newline() + indent + "}"));
    }

    static String inLine(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .map(field -> quoted(field.getKey()) + ": " + inLine(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> items) {
            return items.stream().map(JsonText::inLine).collect(Collectors.joining(", ", "[", "]"));
        }
        return quoted(value);
    }

    private static String quoted(Object text) {
        return MAPPER.writeValueAsString(String.valueOf(text));
    }
}
