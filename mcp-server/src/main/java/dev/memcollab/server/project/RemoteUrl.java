package dev.memcollab.server.project;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a git remote, and the name that all addresses of one repository have in common.
final class RemoteUrl {
    private static final Map<String, Integer> PORTS = Map.of("ssh", 22, "git+ssh", 22, "ssh+git",
            22, "git", 9418, "http", 80, "https", 443, "ftp", 21, "ftps", 990);

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#]*@)?(?<host>\\[[0-9A-Fa-f:.]+\\]"
                    + "|[^/?#:@\\[\\]]+)(?::(?<port>\\d{0,5}))?/(?<path>[^?#]*)(?:[?#].*)?");
    /// One character before the colon would be a drive of Windows, two colons a remote helper.
    private static final Pattern SCP_LIKE = Pattern.compile(
            "(?:[^/:]*@)?(?<host>\\[[0-9A-Fa-f:.]+\\]|[^/\\\\:@\\[\\]]{2,}):(?!:)(?<path>.*)");
    private static final Pattern USER = Pattern
            .compile("(?s)(?<scheme>[A-Za-z][A-Za-z0-9+.-]*:(?://)?)(?:.*@)?(?<rest>[^@?#]*).*");

    private RemoteUrl() {}

    /// `host/path`, with the port where it is not the scheme's own; empty for what is no address on
    /// a network, or one from which a secret could get into the name.
    static Optional<String> name(String address) {
        String text = address.strip();
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            Integer usual = PORTS.get(url.group("scheme").toLowerCase(Locale.ROOT));
            return usual == null
                    ? Optional.empty()
                    : name(url.group("host") + port(url.group("port"), usual), url.group("path"));
        }
        Matcher scp = SCP_LIKE.matcher(text);
        return scp.matches() && !text.contains("://")
                ? name(scp.group("host"), scp.group("path"))
                : Optional.empty();
    }

    /// An @ in the path may end a password with a slash in it, which has no place in a URL but
    /// happens.
    private static Optional<String> name(String host, String path) {
        String repository = path.replaceAll("/{2,}", "/").replaceAll("^/|/$", "")
                .replaceAll("/?\\.git$", "");
        boolean safe = !repository.isEmpty() && repository.indexOf('@') < 0
                && (host + repository).chars().noneMatch(Character::isISOControl);
        return safe
                ? Optional.of(host.toLowerCase(Locale.ROOT) + "/" + repository)
                : Optional.empty();
    }

    private static String port(String port, int usual) {
        return port == null || port.isEmpty() || Integer.parseInt(port) == usual ? "" : ":" + port;
    }

    /// The address without user, password, query and fragment.
    static String withoutUser(String address) {
        Matcher user = USER.matcher(address);
        return user.matches() ? user.group("scheme") + user.group("rest") : address;
    }
}
