package dev.memcollab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The server as clients start it: a process of its own.
@Timeout(120)
class ServerProcessTest {
    @Test
    void aPipelinedConversationIsAnsweredAndTheProcessEnds(@TempDir Path dir) throws Exception {
        Path input = dir.resolve("input");
        Files.writeString(input, String.join("\n", "garbage", RawClient.INITIALIZE,
                RawClient.INITIALIZED, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
        Path output = dir.resolve("output");

        Process server = new ProcessBuilder(ServerCommand.fake()).redirectInput(input.toFile())
                .redirectOutput(output.toFile()).redirectError(dir.resolve("log").toFile()).start();

        assertThat(server.waitFor(60, SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(Files.readAllLines(output)).hasSize(3)
                .allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\","));
        assertThat(Files.readString(dir.resolve("log"))).contains("a library prints");
    }

    /// The server holds both ends of its input, which therefore never ends: only the parent's death tells it that it is over.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theDeathOfTheParentEndsTheProcess(@TempDir Path dir) throws Exception {
        Path input = fifo(dir);
        var words = new ArrayList<>(
                List.of("sh", "-c", "\"$@\" <> \"$0\" & echo $!; wait", input.toString()));
        words.addAll(ServerCommand.fake());
        Process parent = new ProcessBuilder(words).redirectError(dir.resolve("log").toFile())
                .start();
        try (var output = new BufferedReader(
                new InputStreamReader(parent.getInputStream(), UTF_8))) {
            ProcessHandle server = ProcessHandle.of(Long.parseLong(output.readLine()))
                    .orElseThrow();
            try {
                Files.writeString(input, RawClient.INITIALIZE + "\n");
                assertThat(output.readLine()).contains("\"id\":\"init\"");

                parent.destroyForcibly().waitFor();

                assertThat(server.onExit().get(30, SECONDS).isAlive()).isFalse();
            } finally {
                server.destroyForcibly();
            }
        }
    }

    private static Path fifo(Path dir) throws IOException, InterruptedException {
        Path fifo = dir.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        return fifo;
    }
}
