package dev.memcollab.install;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A link that has a client ask its user whether to add the server.
///
/// Forms: code.visualstudio.com, "MCP developer guide" and "URL handler"; cursor.com/docs/mcp/install-links.
/// Both have a scheme of the client's own, so that no web site is told the paths in them.
public final class Deeplink {
    private Deeplink() {}

    /// The link for a client, if it knows links.
    public static Optional<String> of(Client client, ServerEntry entry) {
        return switch (client) {
            case VSCODE -> Optional.of(ofVsCode(entry));
            case CURSOR -> Optional.of(ofCursor(entry));
            case CLAUDE_CODE, CLAUDE_DESKTOP, CODEX, GEMINI, ZED, WINDSURF, JUNIE ->
                Optional.empty();
        };
    }

    private static String ofVsCode(ServerEntry entry) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", ServerEntry.NAME);
        fields.put("type", "stdio");
        fields.putAll(entry.fields());
        return "vscode:mcp/install?" + encoded(JsonText.inLine(fields));
    }

    private static String ofCursor(ServerEntry entry) {
        String fields = JsonText.inLine(entry.fields());
        return "cursor://anysphere.cursor-deeplink/mcp/install?name=%s&config=%s".formatted(
                ServerEntry.NAME, encoded(Base64.getEncoder()
                        .encodeToString(fields.getBytes(StandardCharsets.UTF_8))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
