package dev.memcollab.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A hundred thousand hostile lines, a quarter of them a seed, at a server process with little memory.
@Timeout(180)
class FuzzTest {
    private static final int LINES = 25_000;
    private static final int HEAP_MEGABYTES = 256;
    /// The heap, and what a JVM needs beside it.
    private static final int MOST_RESIDENT_MEGABYTES = 512;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsHostileIsAnsweredInJsonRpcAndDoesNotEndTheServer(long seed) throws Exception {
        Process server = new ProcessBuilder(ServerCommand.fake("-XX:+UseSerialGC",
                "-Xmx" + HEAP_MEGABYTES + "m", "-XX:+ExitOnOutOfMemoryError"))
                .redirectError(Redirect.DISCARD).start();
        var alive = new CompletableFuture<JsonNode>();
        var replies = CompletableFuture
                .supplyAsync(() -> checkedReplies(server.getInputStream(), alive));
        try (var out = new BufferedOutputStream(server.getOutputStream(), 1 << 16)) {
            new HostileLines(seed, out).send(LINES);
            out.write("{\"jsonrpc\":\"2.0\",\"id\":\"alive\",\"method\":\"ping\"}\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();

            CompletableFuture.anyOf(alive, replies).get(120, SECONDS);
            assertThat(alive).isCompleted();
            assertThat(residentMegabytes(server)).isLessThan(MOST_RESIDENT_MEGABYTES);
        } finally {
            if (!server.waitFor(20, SECONDS)) {
                server.destroyForcibly();
            }
        }
        assertThat(server.exitValue()).isZero();
        assertThat(replies.get(20, SECONDS)).isGreaterThan(LINES / 2);
    }

    /// Reads to the end; each line must be one message of JSON-RPC.
    private static int checkedReplies(InputStream in, CompletableFuture<JsonNode> alive) {
        int replies = 0;
        try {
            var line = new ByteArrayOutputStream();
            byte[] chunk = new byte[1 << 16];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    if (chunk[i] != '\n') {
                        line.write(chunk[i]);
                        continue;
                    }
                    JsonNode message = message(line.toByteArray());
                    line.reset();
                    replies++;
                    if (message.path("id").asString("").equals("alive")) {
                        alive.complete(message);
                    }
                }
            }
            assertThat(line.size()).as("bytes after the last line").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return replies;
    }

    private static JsonNode message(byte[] line) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        JsonNode message = JSON.readTree(text);
        assertThat(message.path("jsonrpc").asString("")).as(text).isEqualTo("2.0");
        assertThat(message.has("result") ^ message.has("error") ^ message.has("method")).as(text)
                .isTrue();
        return message;
    }

    /// The most that was resident so far; zero where the system does not tell.
    private static long residentMegabytes(Process server) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst().orElse(0);
        }
    }
}
