package dev.memcollab.install;

import dev.memcollab.install.JsonText.Braces;
import dev.memcollab.install.JsonText.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Servers as members of an object in a JSON file.
///
/// @param servers name of that object
/// @param kind what a new entry has before its command
record JsonConfig(String servers, Map<String, String> kind) implements ConfigText {
    JsonConfig {
        kind = Map.copyOf(kind);
    }

    @Override
    public String with(String text, ServerEntry entry) {
        String begun = text.isBlank() ? "{}\n" : text;
        JsonNode expected = JsonText.of(begun).tree();
        Optional<Braces> own = own(JsonText.of(begun));
        ObjectNode fields = objectIn(objectIn(expected, servers), ServerEntry.NAME);
        if (own.isEmpty()) {
            kind.forEach(fields::put);
        }
        entry.fields().forEach((name, value) -> fields.set(name, node(value)));
        String result = own.isEmpty() ? added(begun, entry) : updated(begun, entry);
        return verified(result, expected);
    }

    private static ObjectNode objectIn(JsonNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there
                ? there
                : ((ObjectNode) parent).putObject(name);
    }

    private static JsonNode node(Object value) {
        return JsonText.of("{\"it\": " + JsonText.inLine(value) + "}").tree().path("it");
    }

    private String added(String text, ServerEntry entry) {
        var fields = new LinkedHashMap<String, Object>(kind);
        fields.putAll(entry.fields());
        JsonText json = JsonText.of(text);
        Optional<Braces> all = object(json, json.root(), servers);
        return all.isPresent()
                ? json.with(all.get(), ServerEntry.NAME, fields)
                : json.with(json.root(), servers, Map.of(ServerEntry.NAME, fields));
    }

    private String updated(String text, ServerEntry entry) {
        String result = text;
        for (var field : entry.fields().entrySet()) {
            JsonText json = JsonText.of(result);
            Braces own = own(json).orElseThrow();
            Optional<Member> member = own.member(field.getKey());
            if (member.isEmpty()) {
                result = json.with(own, field.getKey(), field.getValue());
            } else if (!value(json, field.getKey()).equals(node(field.getValue()))) {
                result = json.with(member.get(), field.getValue());
            }
        }
        return result;
    }

    private JsonNode value(JsonText json, String field) {
        return json.tree().path(servers).path(ServerEntry.NAME).path(field);
    }

    @Override
    public String without(String text) {
        if (text.isBlank()) {
            return text;
        }
        JsonText json = JsonText.of(text);
        Optional<Braces> all = object(json, json.root(), servers);
        Optional<Member> own = all.flatMap(braces -> braces.member(ServerEntry.NAME));
        if (own.isEmpty()) {
            return text;
        }
        ObjectNode expected = (ObjectNode) json.tree();
        ObjectNode left = objectIn(expected, servers);
        left.remove(ServerEntry.NAME);
        String result = json.without(all.orElseThrow(), own.get());
        JsonText after = JsonText.of(result);
        Member list = after.root().member(servers).orElseThrow();
        // A comment in it is the user's, and keeps it.
        if (result.substring(list.start(), list.end()).matches("\"\\w+\"\\s*:\\s*\\{}")) {
            expected.remove(servers);
            result = after.without(after.root(), list);
        }
        return verified(result, expected);
    }

    @Override
    public Optional<ServerEntry> entry(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        JsonText json = JsonText.of(text);
        JsonNode command = value(json, ServerEntry.COMMAND);
        List<String> arguments = value(json, ServerEntry.ARGUMENTS).valueStream()
                .map(JsonNode::asString).toList();
        return command.isString()
                ? Optional.of(new ServerEntry(command.asString(), arguments))
                : Optional.empty();
    }

    private Optional<Braces> own(JsonText json) {
        return object(json, json.root(), servers)
                .flatMap(all -> object(json, all, ServerEntry.NAME));
    }

    /// The object that a member is, if there is one.
    private static Optional<Braces> object(JsonText json, Braces parent, String name) {
        Optional<Member> member = parent.member(name);
        if (member.isPresent() && member.get().braces().isEmpty()) {
            throw new InstallFailedException("line %d: \"%s\" must be an object"
                    .formatted(json.line(member.get().value()), name));
        }
        return member.flatMap(Member::braces);
    }

    /// As texts, so that the order counts too.
    private static String verified(String text, JsonNode expected) {
        String got = JsonText.of(text).tree().toString();
        if (!got.equals(expected.toString())) {
            throw new InstallFailedException(
                    "whose layout is not understood: change it by hand, and please report it");
        }
        return text;
    }
}
