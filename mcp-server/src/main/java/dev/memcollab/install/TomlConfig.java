package dev.memcollab.install;

import dev.memcollab.install.TomlText.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Servers as tables of a TOML file.
///
/// @param servers name of the table that holds them
record TomlConfig(String servers) implements ConfigText {
    @Override
    public String with(String text, ServerEntry entry) {
        JsonNode before = TomlText.tree(text);
        JsonNode own = before.path(servers).path(ServerEntry.NAME);
        if (before.has(servers) && !before.path(servers).isObject()) {
            throw notATable();
        }
        if (entry(text).equals(Optional.of(entry))) {
            return text;
        }
        String result = own.isMissingNode() ? added(text, entry) : updated(text, entry);
        var expected = (ObjectNode) before;
        ObjectNode table = expected.withObjectProperty(servers)
                .withObjectProperty(ServerEntry.NAME);
        table.setAll((ObjectNode) TomlText.tree(lines(entry.fields(), "\n")));
        return verified(result, expected);
    }

    private static String lines(Map<String, Object> fields, String newline) {
        var lines = new StringBuilder();
        fields.forEach((name, value) -> lines.append(line(name, value)).append(newline));
        return lines.toString();
    }

    /// Strings of JSON are strings of TOML too.
    private static String line(String name, Object value) {
        return name + " = " + JsonText.inLine(value);
    }

    private String added(String text, ServerEntry entry) {
        String newline = ConfigText.newline(text);
        boolean open = !text.isEmpty() && !text.endsWith("\n");
        String table = "[%s.%s]".formatted(servers, ServerEntry.NAME) + newline
                + lines(entry.fields(), newline);
        // As the file ended before, so that taking the table out gives it back.
        return text + (text.isEmpty() ? "" : newline) + (open ? newline : "")
                + (open ? table.stripTrailing() : table);
    }

    private String updated(String text, ServerEntry entry) {
        var statements = new ArrayList<>(TomlText.of(text).statements());
        int header = header(statements);
        String newline = ConfigText.newline(text);
        for (var field : entry.fields().entrySet()) {
            var line = new Statement(line(field.getKey(), field.getValue()) + newline,
                    List.of(field.getKey()));
            int at = header + 1;
            while (at < statements.size() && !statements.get(at).isHeader()
                    && !statements.get(at).path().equals(line.path())) {
                at++;
            }
            if (at < statements.size() && !statements.get(at).isHeader()) {
                statements.set(at, line);
            } else {
                statements.add(header + 1, line);
            }
        }
        return TomlText.joined(statements);
    }

    private int header(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).isHeader() && statements.get(i).path().equals(path())) {
                return i;
            }
        }
        throw notATable();
    }

    private InstallFailedException notATable() {
        return new InstallFailedException(
                "where %s.%s is not written as a table [%1$s.%2$s]: change"
                        .formatted(servers, ServerEntry.NAME) + " it by hand");
    }

    private List<String> path() {
        return List.of(servers, ServerEntry.NAME);
    }

    @Override
    public String without(String text) {
        var expected = (ObjectNode) TomlText.tree(text);
        if (!(expected.get(servers) instanceof ObjectNode all)
                || all.remove(ServerEntry.NAME) == null) {
            return text;
        }
        List<Statement> before = TomlText.of(text).statements();
        var left = new ArrayList<Statement>();
        for (int at = 0; at < before.size();) {
            int end = isOwn(before.get(at)) ? endOfTable(before, at) : at;
            if (end > at) {
                // The line that sets it off.
                if (!left.isEmpty() && left.getLast().isBlank()) {
                    left.removeLast();
                }
                at = end;
            } else {
                left.add(before.get(at++));
            }
        }
        String result = TomlText.joined(left);
        if (!text.endsWith("\n") && result.endsWith("\n")) {
            result = result.substring(0, result.length() - ConfigText.newline(text).length());
        }
        if (all.isEmpty() && !TomlText.tree(result).has(servers)) {
            expected.remove(servers);
        }
        return verified(result, expected);
    }

    private boolean isOwn(Statement statement) {
        List<String> path = statement.path();
        return statement.isHeader() && path.size() >= 2 && path.subList(0, 2).equals(path());
    }

    /// Behind the last pair of a table: what follows it before the next header belongs to that.
    private static int endOfTable(List<Statement> statements, int header) {
        int end = header + 1;
        for (int at = end; at < statements.size() && !statements.get(at).isHeader(); at++) {
            if (statements.get(at).isPair()) {
                end = at + 1;
            }
        }
        return end;
    }

    @Override
    public Optional<ServerEntry> entry(String text) {
        JsonNode own = TomlText.tree(text).path(servers).path(ServerEntry.NAME);
        JsonNode command = own.path(ServerEntry.COMMAND);
        List<String> arguments = own.path(ServerEntry.ARGUMENTS).valueStream()
                .map(JsonNode::asString).toList();
        return command.isString()
                ? Optional.of(new ServerEntry(command.asString(), arguments))
                : Optional.empty();
    }

    private String verified(String text, JsonNode expected) {
        boolean same;
        try {
            same = TomlText.tree(text).equals(expected);
        } catch (InstallFailedException e) {
            same = false;
        }
        if (!same) {
            throw notATable();
        }
        return text;
    }
}
