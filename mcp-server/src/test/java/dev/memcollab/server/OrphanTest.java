package dev.memcollab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Conversations that break off anywhere: no server stays behind.
@Timeout(240)
class OrphanTest {
    private static final int CONVERSATIONS = 100;
    /// Of each way to end.
    private static final int PROCESSES = Integer.getInteger("memcollab.orphans", 10) / 2;
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"up\",\"method\":\"ping\"}\n";
    private static final byte[] CONVERSATION = String.join("\n", RawClient.INITIALIZE,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{"
                    + RawClient.META + "}}",
            RawClient.INITIALIZED, recall(2, ""), recall(3, RawClient.META + ","), "garbage",
            recall(4, ""), "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\"}", "")
            .getBytes(UTF_8);

    private static String recall(int id, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{"
                + meta
                + "\"name\":\"recall_constraints\",\"arguments\":{\"task\":\"divide\"}}}";
    }

    static LongStream seeds() {
        return LongStream.of(1, System.nanoTime());
    }

    static LongStream fresh() {
        return LongStream.of(System.nanoTime());
    }

    private static byte[] prefix(Random random) {
        return Arrays.copyOf(CONVERSATION, random.nextInt(CONVERSATION.length + 1));
    }

    /// Every twentieth has work that hangs, which takes the server the two seconds that it drains.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aHundredConversationsEndWithTheirInput(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < CONVERSATIONS; i++) {
            var memory = new FakeMemory();
            try (var client = new RawClient(() -> memory)) {
                if (i % 20 == 19) {
                    client.callAlone("hangs", "recall_constraints", "{\"task\":\"wait\"}");
                }
                client.send(prefix(random));

                client.endInput();

                client.ended().get(20, SECONDS);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fresh")
    void processesEndWithTheirInput(long seed) throws Exception {
        var random = new Random(seed);
        var servers = new ArrayList<Process>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                servers.add(new ProcessBuilder(ServerCommand.fake()).redirectError(Redirect.DISCARD)
                        .redirectOutput(Redirect.DISCARD).start());
            }
            for (Process server : servers) {
                Thread.sleep(random.nextInt(600));
                try (var input = server.getOutputStream()) {
                    input.write(prefix(random));
                }
            }

            for (Process server : servers) {
                assertThat(server.waitFor(60, SECONDS)).isTrue();
                assertThat(server.exitValue()).isZero();
            }
        } finally {
            servers.forEach(Process::destroyForcibly);
        }
    }

    /// Each server holds both ends of its input, which therefore never ends: only the parent's death tells it that it is over.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fresh")
    @DisabledOnOs(OS.WINDOWS)
    void processesEndWithTheirParent(long seed, @TempDir Path dir) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < PROCESSES; i++) {
            endsWithItsParent(fifo(dir.resolve("fifo-" + i)), prefix(random));
        }
    }

    private static void endsWithItsParent(Path input, byte[] prefix) throws Exception {
        var words = new ArrayList<>(
                List.of("sh", "-c", "\"$@\" <> \"$0\" & echo $!; wait", input.toString()));
        words.addAll(ServerCommand.fake());
        Process parent = new ProcessBuilder(words).redirectError(Redirect.DISCARD).start();
        try (var output = new BufferedReader(
                new InputStreamReader(parent.getInputStream(), UTF_8))) {
            ProcessHandle server = ProcessHandle.of(Long.parseLong(output.readLine()))
                    .orElseThrow();
            try {
                Files.writeString(input, PING, StandardOpenOption.WRITE);
                assertThat(output.readLine()).contains("\"id\":\"up\"");
                Files.write(input, prefix, StandardOpenOption.WRITE);

                parent.destroyForcibly().waitFor();

                assertThat(server.onExit().get(30, SECONDS).isAlive()).isFalse();
            } finally {
                server.destroyForcibly();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    private static Path fifo(Path fifo) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        return fifo;
    }
}
