package dev.memcollab.server.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.FakeMemory;
import dev.memcollab.server.RawClient;
import dev.memcollab.server.mcp.McpMemoryServer;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class StdioTransportTest {
    private static final int BUSY = -32000;
    private final FakeMemory memory = new FakeMemory();

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{\"jsonrpc\":", "{\"a\":1} {\"b\":2}", "{'a':1}", "\u0000"})
    void aLineThatIsNotJsonIsAnsweredAndTheNextOneWorks(String line) {
        try (var client = RawClient.ready(memory)) {
            client.send(line);

            JsonNode reply = client.reply();
            assertThat(reply.get("id").isNull()).isTrue();
            assertThat(reply.get("error").get("code").asInt()).isEqualTo(ErrorCodes.PARSE_ERROR);
            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void bottomlessNestingIsAParseError(String level) {
        try (var client = RawClient.ready(memory)) {
            client.send(level.repeat(100_000));

            client.error(ErrorCodes.PARSE_ERROR);
            client.expectNothingMore();
        }
    }

    @Test
    void bytesThatAreNotUtf8AreAParseError() {
        try (var client = RawClient.ready(memory)) {
            client.send(new byte[]{'"', (byte) 0xFF, '"', '\n'});

            assertThat(client.error(ErrorCodes.PARSE_ERROR)).isEqualTo("The line is not UTF-8.");
            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "5",
            "\"ping\"", "null", "true", "{}", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"x\"}}"})
    void jsonThatIsNoMessageIsRefused(String line) {
        try (var client = RawClient.ready(memory)) {
            client.send(line);

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).isNotBlank();
            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\r"})
    void blankLinesAreIgnored(String line) {
        try (var client = RawClient.ready(memory)) {
            client.send(line);

            client.expectNothingMore();
        }
    }

    @Test
    void aLineBeyondTheCapIsRefusedAndTheNextOneWorks() {
        byte[] line = new byte[(17 << 20) + 1];
        Arrays.fill(line, (byte) 'x');
        line[17 << 20] = '\n';
        try (var client = RawClient.ready(memory)) {
            client.send(line);

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("16777216", "17825792");
            client.expectNothingMore();
        }
    }

    @Test
    void aRequestBeforeInitializeIsRefused() {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "tools/list", "{}");

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("initialize",
                    "tools/list");
        }
    }

    @Test
    void pingIsAnsweredBeforeInitialize() {
        try (var client = new RawClient(() -> memory)) {
            client.expectNothingMore();
        }
    }

    @Test
    void aClientThatNeverSaysInitializedIsServed() {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE);
            client.result("init");
            client.request(1, "prompts/list", "{}");

            assertThat(client.result(1).get("prompts").size()).isEqualTo(2);
        }
    }

    @Test
    void aFailedInitializeMayBeTriedAgain() {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "initialize", "[]");
            client.error(ErrorCodes.INVALID_PARAMS);
            client.request(2, "tools/list", "{}");
            client.error(ErrorCodes.INVALID_REQUEST);

            client.send(RawClient.INITIALIZE);

            client.result("init");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                            | params must be an object, got []
            {"capabilities":7}            | capabilities must be an object, got 7
            {"capabilities":{"roots":"x"}} | capabilities.roots must be an object, got "x"
            """)
    void anInitializeThatDoesNotFitIsToldWhy(String params, String sentence) {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "initialize", params);

            assertThat(client.error(ErrorCodes.INVALID_PARAMS)).isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"protocolVersion\":7,\"clientInfo\":\"me\"}",
            "{\"protocolVersion\":\"2031-01-01\",\"capabilities\":{\"flying\":true,\"roots\":null}}"})
    void aClientOfAnotherRevisionOrOfNoneHearsOfTheLatestWithSessions(String params) {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "initialize", params);

            assertThat(client.result(1).get("protocolVersion").asString()).isEqualTo("2025-11-25");
            client.request(2, "tools/list", "{}");
            assertThat(client.result(2).get("tools").size()).isEqualTo(2);
        }
    }

    /// To load what serves takes longer than all else at a start.
    @Test
    void initializePingAndDiscoverAreAnsweredBeforeThereIsAServer() throws Exception {
        var introduction = new Introduction(Map.of("name", "early"), Map.of(), "");
        var json = McpJsonDefaults.getMapper();
        try (var toServer = new PipedOutputStream();
                var in = new PipedInputStream(toServer, 1 << 16);
                var fromServer = new PipedInputStream(1 << 16);
                var out = new PipedOutputStream(fromServer);
                var said = new BufferedReader(new InputStreamReader(fromServer, UTF_8))) {
            var transport = new StdioTransport(json, new ProtocolStreams(in, out), introduction,
                    new StatelessTransport(json, introduction));
            transport.start();

            toServer.write("""
                    {"jsonrpc":"2.0","id":1,"method":"ping"}
                    {"jsonrpc":"2.0","id":2,"method":"server/discover","params":{%s}}
                    garbage
                    %s
                    """.formatted(RawClient.META, RawClient.INITIALIZE).getBytes(UTF_8));

            assertThat(said.readLine()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
            assertThat(said.readLine()).contains("\"id\":2", "2026-07-28");
            assertThat(said.readLine()).contains("\"id\":null", "not JSON");
            assertThat(said.readLine()).contains("\"id\":\"init\"", "\"name\":\"early\"");
            transport.close();
        }
    }

    @Test
    void aSecondInitializeIsRefused() {
        try (var client = RawClient.ready(memory)) {
            client.send(RawClient.INITIALIZE);

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("once");
        }
    }

    @Test
    void pingIsAnsweredDuringASlowCall() throws InterruptedException {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();

            client.expectNothingMore();

            memory.release.countDown();
            client.result(1);
        }
    }

    @Test
    void cancellingInterruptsTheWorkAndNoReplyIsSent() throws InterruptedException {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();

            cancel(client, "1");

            assertThat(memory.interrupted.await(20, SECONDS)).isTrue();
            client.call(2, "recall_constraints", "{\"task\":\"divide\"}");
            client.result(2);
            client.expectNothingMore();
        }
    }

    @Test
    void cancellingWhatIsNotOpenDoesNothing() {
        try (var client = RawClient.ready(memory)) {
            cancel(client, "77");
            cancel(client, "null");
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}");

            client.expectNothingMore();
        }
    }

    @Test
    void anIdThatIsOpenCannotBeUsedAgain() throws InterruptedException {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();

            client.request(1, "tools/list", "{}");

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("id 1 ");
            memory.release.countDown();
            client.result(1);
        }
    }

    @Test
    void aFullServerRefusesAndStillAnswersPing() {
        int calls = 300;
        try (var client = RawClient.ready(memory)) {
            for (int id = 0; id < calls; id++) {
                client.call(id, "recall_constraints", "{\"task\":\"wait\"}");
            }

            for (int refused = 256; refused < calls; refused++) {
                client.error(BUSY);
            }
            client.expectNothingMore();

            memory.release.countDown();
            var answered = new HashSet<Integer>();
            for (int id = 0; id < 256; id++) {
                answered.add(client.reply().get("id").asInt());
            }
            assertThat(answered).hasSize(256).allMatch(id -> id < 256);
        }
    }

    @Test
    void repliesAreOutBeforeTheEndOfAnInputThatEndsAtOnce() throws Exception {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE);
            client.send(RawClient.INITIALIZED);
            for (int id = 0; id < 50; id++) {
                client.call(id, "recall_constraints", "{\"task\":\"divide\"}");
            }
            client.endInput();

            client.ended().get(20, SECONDS);
            client.result("init");
            var answered = new HashSet<Integer>();
            for (int id = 0; id < 50; id++) {
                answered.add(client.reply().get("id").asInt());
            }
            assertThat(answered).hasSize(50);
        }
    }

    @Test
    void workThatHangsAtTheEndOfTheInputIsInterrupted() throws Exception {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();
            long start = System.nanoTime();

            client.endInput();

            client.ended().get(20, SECONDS);
            assertThat(System.nanoTime() - start).isBetween(SECONDS.toNanos(1),
                    SECONDS.toNanos(10));
            assertThat(memory.interrupted.await(20, SECONDS)).isTrue();
        }
    }

    @Test
    void aFailureInsideLeaksNothing() {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"bug\"}");

            String line = client.line();
            assertThat(line).contains("-32603").doesNotContain("secret", "Error:", "at dev.");
        }
    }

    @Test
    void paramsThatDoNotFitAreTheClientsMistake() {
        try (var client = RawClient.ready(memory)) {
            client.request(1, "tools/call", "5");
            client.error(ErrorCodes.INVALID_PARAMS);

            client.request(2, "tools/call", "{\"name\":\"recall_constraints\",\"arguments\":[]}");

            client.error(ErrorCodes.INVALID_PARAMS);
        }
    }

    @Test
    void halfACharacterInATextIsRepeatedAsAQuestionMark() {
        try (var client = RawClient.ready(memory)) {
            client.call(1, "recall_constraints", "{\"task\":\"x\",\"category\":[\"\\ud800\"]}");

            assertThat(client.result(1).toString()).contains("got [?]");
        }
    }

    @Test
    void aClientThatDoesNotListenEndsTheConversation() throws Exception {
        var in = new PipedInputStream(1 << 12);
        try (var toServer = new PipedOutputStream(in);
                var server = McpMemoryServer.start(new ProtocolStreams(in, new Broken()),
                        () -> memory, "1", Path.of("/work"))) {
            toServer.write((RawClient.INITIALIZE + "\n").getBytes(UTF_8));
            toServer.flush();

            CompletableFuture.runAsync(server::awaitEnd).get(20, SECONDS);
        }
    }

    @Test
    void anEmptyInputEndsAtOnce() throws Exception {
        var streams = new ProtocolStreams(new ByteArrayInputStream(new byte[0]),
                OutputStream.nullOutputStream());
        try (var server = McpMemoryServer.start(streams, () -> memory, "1", Path.of("/work"))) {
            CompletableFuture.runAsync(server::awaitEnd).get(20, SECONDS);
        }
    }

    private static void cancel(RawClient client, String id) {
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                + "{\"requestId\":" + id + "}}");
    }

    private static final class Broken extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("broken pipe");
        }
    }
}
