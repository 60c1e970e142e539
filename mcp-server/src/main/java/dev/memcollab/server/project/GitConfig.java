package dev.memcollab.server.project;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The remotes that a git configuration file [1] names, each with its first address.
///
/// Sections, quotes, escapes, comments and lines that go on are read as git reads them, lines that
/// git would refuse are skipped. Not followed: `include` and `insteadOf`, and the user's and the
/// system's configuration; what they change is not seen.
///
/// [1] git-config(1), "Configuration file"
record GitConfig(Map<String, String> remotes) {
    private static final Pattern SECTION = Pattern.compile(
            "\\s*\\[\\s*(?<section>[A-Za-z0-9.-]+)(?:\\s+\"(?<name>(?:[^\"\\\\]++|\\\\.)*+)\")?\\s*\\]"
                    + "(?<rest>.*)");
    private static final Pattern URL = Pattern.compile("(?i)\\s*url\\s*=(?<value>.*)");
    private static final String REMOTE = "remote";

    GitConfig {
        remotes = Map.copyOf(remotes);
    }

    static GitConfig parse(String text) {
        var remotes = new HashMap<String, String>();
        String remote = "";
        for (String line : text.replaceAll("\\\\\\R", "").lines().toList()) {
            Matcher section = SECTION.matcher(line);
            boolean begins = section.matches();
            remote = begins ? remote(section) : remote;
            Matcher url = URL.matcher(begins ? section.group("rest") : line);
            if (!remote.isEmpty() && url.matches()) {
                String address = value(url.group("value"));
                if (!address.isEmpty()) {
                    remotes.putIfAbsent(remote, address);
                }
            }
        }
        return new GitConfig(remotes);
    }

    /// `origin`, or the only one.
    Optional<String> mainRemote() {
        String origin = remotes.get("origin");
        if (origin != null) {
            return Optional.of(origin);
        }
        return remotes.size() == 1 ? remotes.values().stream().findFirst() : Optional.empty();
    }

    /// The remote that a section is about, empty for one about anything else. The older way to write
    /// it, `[remote.origin]`, knows no capitals.
    private static String remote(Matcher section) {
        String kind = section.group("section").toLowerCase(Locale.ROOT);
        String name = section.group("name");
        if (name == null) {
            return kind.startsWith(REMOTE + ".") ? kind.substring(REMOTE.length() + 1) : "";
        }
        return kind.equals(REMOTE) ? name.replaceAll("\\\\(.)", "$1") : "";
    }

    private static String value(String written) {
        var value = new StringBuilder();
        boolean quoted = false;
        int kept = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (!quoted && (c == '#' || c == ';')) {
                break;
            }
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && i + 1 < written.length()) {
                value.append(escaped(written.charAt(++i)));
            } else if (quoted || !value.isEmpty() || !Character.isWhitespace(c)) {
                value.append(c);
            }
            kept = quoted || !Character.isWhitespace(c) ? value.length() : kept;
        }
        return value.substring(0, kept);
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> c;
        };
    }
}
