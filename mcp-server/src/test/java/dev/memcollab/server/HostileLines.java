package dev.memcollab.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Lines of which many are no messages: messages of both eras, whole or broken in some way, and noise.
///
/// No line asks for work that waits, so that a server answers all of them.
final class HostileLines {
    private static final String META = RawClient.META;
    private static final List<String> MESSAGES = List.of(
            request("ping", ""), request("ping", META), request("server/discover", META),
            request("tools/list", ""), request("tools/list", META), request("prompts/list", META),
            request("resources/list", META), request("resources/templates/list", META),
            request("resources/read", META + ",\"uri\":\"memcollab://status\""),
            request("resources/read", "\"uri\":\"memcollab://constraints/c-1\""),
            request("prompts/get", META + ",\"name\":\"recall\",\"arguments\":{\"task\":\"x\"}"),
            recall("", "divide"), recall(META + ",", "divide"), recall(META + ",", "fail"),
            recall("", "bug"), recall(META + ",", "bug"), recall(META + ",", "print"),
            request("tools/call", META + ",\"name\":\"record_trajectory\",\"arguments\":"
                    + "{\"task\":\"x\",\"outcome\":\"success\",\"steps\":[{\"kind\":\"action\","
                    + "\"text\":\"s\"}],\"recalled\":[\"c-1\"],\"verifier\":{\"answer\":\"4\"}}"),
            RawClient.INITIALIZE, RawClient.INITIALIZED,
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"roots\":[{\"uri\":\"file:///x\"}]}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-1,\"message\":\"no\"}}");
    private static final List<String> VALUES = List.of("1e999", "-1e999", "1e-99999", "-0", "00",
            "9".repeat(40), "9".repeat(900), "9".repeat(2_000), "1." + "3".repeat(800), "NaN",
            "null", "true", "{}", "[]", "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"",
            "\"\u2028\"", "\"" + "k".repeat(60_000) + "\"", "[".repeat(300) + "]".repeat(300),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900), "[".repeat(9_000), "\"\\x\"", "'x'");
    private static final String PUNCTUATION = "{}[]:,\"\\ \t0123456789.eE+-truefalsn\u00e9";
    private static final int HUGE_BYTES = 20 << 20;
    private static final int LARGE_BYTES = 12 << 20;

    private final Random random;
    private final OutputStream out;

    HostileLines(long seed, OutputStream out) {
        this.random = new Random(seed);
        this.out = out;
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params
                + "}}";
    }

    private static String recall(String meta, String task) {
        return request("tools/call", meta + "\"name\":\"recall_constraints\",\"arguments\":{"
                + "\"task\":\"" + task + "\",\"limit\":3}");
    }

    /// Sends so many lines, one of them beyond any bound and one large.
    void send(int lines) throws IOException {
        int huge = random.nextInt(lines);
        int large = random.nextInt(lines);
        for (int i = 0; i < lines; i++) {
            if (i == huge) {
                filled("", HUGE_BYTES);
            }
            if (i == large) {
                filled("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"", LARGE_BYTES);
            }
            out.write(line());
            out.write('\n');
        }
    }

    private void filled(String start, int bytes) throws IOException {
        out.write(start.getBytes(StandardCharsets.UTF_8));
        byte[] chunk = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < bytes; sent += chunk.length) {
            out.write(chunk);
        }
        out.write('\n');
    }

    private byte[] line() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 ->
                withoutNewlines(numbered(message()).getBytes(StandardCharsets.UTF_8));
            case 4, 5, 6, 7, 8, 9 -> damaged(numbered(message()).getBytes(StandardCharsets.UTF_8));
            case 10, 11, 12, 13 -> withoutNewlines(
                    withAnotherValue(numbered(message())).getBytes(StandardCharsets.UTF_8));
            case 14 -> withoutNewlines(bytes());
            case 15 -> soup();
            case 16 -> withoutNewlines(value().getBytes(StandardCharsets.UTF_8));
            case 17 -> " \t\r".substring(random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
            case 18 -> ("[" + message() + "," + message() + "]").getBytes(StandardCharsets.UTF_8);
            default -> ("[".repeat(random.nextInt(3_000)) + value())
                    .getBytes(StandardCharsets.UTF_8);
        };
    }

    private String message() {
        return MESSAGES.get(random.nextInt(MESSAGES.size()));
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private String numbered(String message) {
        return message.replace("\"id\":7", random.nextInt(4) == 0
                ? "\"id\":\"" + random.nextInt(50) + "\""
                : "\"id\":" + random.nextInt(1_000_000));
    }

    /// Puts a strange value in the place of what follows some colon.
    private String withAnotherValue(String message) {
        int colon = message.indexOf(':', random.nextInt(message.length()));
        if (colon < 0) {
            return message;
        }
        int end = colon + 1;
        while (end < message.length() && ",}]".indexOf(message.charAt(end)) < 0) {
            end++;
        }
        return message.substring(0, colon + 1) + value() + message.substring(end);
    }

    private byte[] damaged(byte[] message) {
        var damaged = new ByteArrayOutputStream();
        int from = random.nextInt(message.length);
        int to = Math.min(message.length, from + random.nextInt(8));
        damaged.write(message, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> damaged.writeBytes(bytes());
            case 1 -> damaged.write(random.nextInt(256));
            case 2 -> damaged.write(message, from, to - from);
            default -> {
                // The bytes between are lost.
            }
        }
        if (random.nextInt(4) > 0) {
            damaged.write(message, to, message.length - to);
        }
        return withoutNewlines(damaged.toByteArray());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] soup() {
        var soup = new StringBuilder();
        for (int i = random.nextInt(80); i > 0; i--) {
            soup.append(PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length())));
        }
        return soup.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutNewlines(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        return line;
    }
}
