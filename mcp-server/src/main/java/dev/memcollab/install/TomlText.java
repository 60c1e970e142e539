package dev.memcollab.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// A TOML text cut into its statements, without a character lost.
final class TomlText {
    private static final TomlMapper MAPPER = new TomlMapper();

    private final List<Statement> statements;

    /// A header, a pair of key and value, or a line without either; with the newline that ends it.
    ///
    /// @param path of the table that a header opens; of what a pair sets, from its table on
    record Statement(String text, List<String> path) {
        boolean isHeader() {
            return text.stripLeading().startsWith("[");
        }

        boolean isBlank() {
            return text.isBlank();
        }

        boolean isPair() {
            return !isHeader() && !path.isEmpty();
        }
    }

    private TomlText(List<Statement> statements) {
        this.statements = statements;
    }

    static TomlText of(String text) {
        tree(text);
        var statements = new ArrayList<Statement>();
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            String statement = text.substring(at, end);
            statements.add(new Statement(statement, path(tree(statement))));
            at = end;
        }
        return new TomlText(statements);
    }

    /// What a text means.
    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InstallFailedException("line %d: %s"
                    .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()), e);
        }
    }

    /// The only way down, as far as there is only one.
    private static List<String> path(JsonNode tree) {
        var path = new ArrayList<String>();
        JsonNode node = tree;
        while (node.isObject() && node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            path.add(only.getKey());
            node = only.getValue();
        }
        return List.copyOf(path);
    }

    /// The offset behind the newline at which nothing is open any more.
    private static int end(String text, int from) {
        int open = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
            } else if (c == '"' || c == '\'') {
                at = behindString(text, at);
            } else {
                open += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
                at++;
                if (c == '\n' && open == 0) {
                    return at;
                }
            }
        }
        return text.length();
    }

    private static int behindString(String text, int from) {
        String one = text.substring(from, from + 1);
        boolean several = text.startsWith(one.repeat(3), from);
        String quote = several ? one.repeat(3) : one;
        int at = from + quote.length();
        while (!text.startsWith(quote, at)) {
            at += one.equals("\"") && text.charAt(at) == '\\' ? 2 : 1;
        }
        at += quote.length();
        // Up to two quotes may be the last characters of a string of several lines.
        while (several && text.startsWith(one, at)) {
            at++;
        }
        return at;
    }

    List<Statement> statements() {
        return statements;
    }

    static String joined(List<Statement> statements) {
        var text = new StringBuilder();
        statements.forEach(statement -> text.append(statement.text()));
        return text.toString();
    }
}
