package dev.memcollab.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The server as clients start it: a process of its own.
@Timeout(120)
class ServerProcessTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aPipelinedConversationIsAnsweredAndTheProcessEnds(@TempDir Path dir) throws Exception {
        List<String> replies = conversation(dir, ServerCommand.fake(), "garbage",
                RawClient.INITIALIZE, RawClient.INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

        assertThat(replies).hasSize(3)
                .allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\","));
        assertThat(Files.readString(dir.resolve("log"))).contains("a library prints");
    }

    /// Clients keep prompts by these bytes. The home is another one each time.
    @Test
    void toolsListIsTheSameBytesInFiveStarts(@TempDir Path dir) throws Exception {
        var seen = new HashSet<List<String>>();
        for (int start = 0; start < 5; start++) {
            List<String> lines = conversation(dir,
                    ServerCommand.real(dir.resolve("home-" + start)), RawClient.INITIALIZE,
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{"
                            + RawClient.META + "}}");
            assertThat(lines).hasSize(3);
            seen.add(lines.stream().sorted().toList());
        }

        assertThat(seen).hasSize(1);
    }

    /// A handler that fails, a library that prints, and a JVM that warns, told where to as the launcher does.
    @Test
    void stdoutHoldsRepliesAlone(@TempDir Path dir) throws Exception {
        var lines = new ArrayList<>(List.of(RawClient.INITIALIZE));
        for (String task : List.of("bug", "fail", "print")) {
            for (String meta : List.of("", RawClient.META + ",")) {
                lines.add("{\"jsonrpc\":\"2.0\",\"id\":" + lines.size()
                        + ",\"method\":\"tools/call\",\"params\":{" + meta
                        + "\"name\":\"recall_constraints\",\"arguments\":{\"task\":\"" + task
                        + "\"}}}");
            }
        }

        List<String> replies = conversation(dir, ServerCommand.fake("-Xlog:disable",
                "-Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr", "-Xshare:auto",
                "-XX:SharedArchiveFile=" + dir.resolve("missing.jsa")),
                lines.toArray(String[]::new));

        assertThat(replies).hasSize(7)
                .allMatch(line -> JSON.readTree(line).path("jsonrpc").asString().equals("2.0"));
        assertThat(Files.readString(dir.resolve("log"))).contains("a library prints inside a tool",
                "missing.jsa", "secret detail");
    }

    /// What comes back on stdout for an input that ends at once.
    private static List<String> conversation(Path dir, List<String> command, String... lines)
            throws Exception {
        Path input = Files.writeString(dir.resolve("input"), String.join("\n", lines));
        Path output = dir.resolve("output");
        Process server = new ProcessBuilder(command).redirectInput(input.toFile())
                .redirectOutput(output.toFile()).redirectError(dir.resolve("log").toFile()).start();
        assertThat(server.waitFor(60, SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        return Files.readAllLines(output);
    }
}
