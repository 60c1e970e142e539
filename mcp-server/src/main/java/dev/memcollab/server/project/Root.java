package dev.memcollab.server.project;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A root as a client tells it.
///
/// The protocol wants a `file` URI. Clients also send spaces that are not escaped, drives where the
/// host belongs, and plain paths; so it is read by hand, more leniently than `java.net.URI` would.
sealed interface Root {
    Pattern FILE = Pattern.compile("(?i)file:(?://(?<host>[^/\\\\]*))?(?<path>.*)", Pattern.DOTALL);
    /// Two characters at least: one is a drive of Windows.
    Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
    Pattern ESCAPED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /// A directory of this machine, or of the client's.
    record Local(String path) implements Root {}

    /// Anything else, such as a repository on a server.
    record Elsewhere(String address) implements Root {}

    static Root parse(String uri) {
        String text = uri.strip();
        Matcher file = FILE.matcher(text);
        if (file.matches()) {
            return new Local(path(file));
        }
        return SCHEME.matcher(text).matches() ? new Elsewhere(text) : new Local(text);
    }

    private static String path(Matcher file) {
        String host = file.group("host") == null ? "" : decoded(file.group("host"));
        String path = decoded(file.group("path"));
        if (host.isEmpty() || host.equalsIgnoreCase("localhost")) {
            return path.matches("(?s)/[A-Za-z]:.*") ? path.substring(1) : path;
        }
        return host.matches("[A-Za-z]:") ? host + path : "\\\\" + host + path.replace('/', '\\');
    }

    private static String decoded(String text) {
        return ESCAPED.matcher(text).replaceAll(match -> Matcher.quoteReplacement(new String(
                HexFormat.of().parseHex(match.group().replace("%", "")), StandardCharsets.UTF_8)));
    }
}
