package dev.memcollab.server.mcp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.FakeMemory;
import dev.memcollab.server.RawClient;
import dev.memcollab.server.RecallRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests that stand alone, as revision 2026-07-28 has them, beside the session of the older ones.
@Timeout(60)
class BothErasTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String VERSION = "\"io.modelcontextprotocol/protocolVersion\":";
    private static final String CAPABILITIES = "\"io.modelcontextprotocol/clientCapabilities\":";
    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int BUSY = -32000;

    /// What only the newer revision has on a result.
    private static final Set<String> NEWER = Set.of("resultType", "ttlMs", "cacheScope", "_meta");

    private static final String SPOKEN = "[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\",\"2024-11-05\"]";

    private final FakeMemory memory = new FakeMemory();

    @Test
    void discoverySaysWhatIsSpokenAndWhatIsOffered() {
        try (var client = new RawClient(() -> memory)) {
            client.requestAlone(1, "server/discover", "{}");

            JsonNode result = client.result(1);
            assertThat(result.get("supportedVersions")).isEqualTo(JSON.readTree(SPOKEN));
            assertThat(names(result.get("capabilities"))).containsExactlyInAnyOrder("tools",
                    "resources", "prompts");
            assertThat(result.get("instructions").asString()).contains("recall_constraints");
            assertThat(result.get("resultType").asString()).isEqualTo("complete");
            assertThat(result.get("ttlMs").asLong()).isPositive();
            assertThat(result.get("cacheScope").asString()).isEqualTo("public");
            assertThat(result.get("_meta")).isEqualTo(JSON.readTree("""
                    {"io.modelcontextprotocol/serverInfo":{"name":"memcollab","version":"1.2.3"}}
                    """));
        }
    }

    static Stream<String> envelopesThatLack() {
        return Stream.of(
                "{" + VERSION + "\"2026-07-28\"}",
                "{" + CAPABILITIES + "{}}",
                "{" + VERSION + "20260728," + CAPABILITIES + "{}}",
                "{" + VERSION + "\"2026-07-28\"," + CAPABILITIES + "7}",
                "{" + VERSION + "null," + CAPABILITIES + "null}");
    }

    @ParameterizedTest
    @MethodSource("envelopesThatLack")
    void aRequestThatDoesNotSayVersionAndCapabilitiesIsRefused(String meta) {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "tools/list", "{\"_meta\":" + meta + "}");

            assertThat(client.error(ErrorCodes.INVALID_PARAMS))
                    .contains("io.modelcontextprotocol/", "got ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"_meta\":{}}", "{\"_meta\":5}", "[]", "5"})
    void discoveryWithoutAnEnvelopeIsRefused(String params) {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "server/discover", params);

            assertThat(client.error(ErrorCodes.INVALID_PARAMS)).contains("protocolVersion");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2027-01-01", ""})
    void aVersionThatIsNotSpokenIsRefusedWithThoseThatAre(String version) {
        try (var client = new RawClient(() -> memory)) {
            client.request(1, "tools/list", "{\"_meta\":{" + VERSION + "\"" + version + "\","
                    + CAPABILITIES + "{}}}");

            JsonNode error = client.reply().get("error");
            assertThat(error.get("code").asInt()).isEqualTo(UNSUPPORTED_VERSION);
            assertThat(error.get("data").get("requested").asString()).isEqualTo(version);
            assertThat(error.get("data").get("supported")).isEqualTo(JSON.readTree(SPOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "logging/setLevel", "resources/subscribe", "roots/list",
            "subscriptions/listen", "completion/complete", "nonsense"})
    void whatTheRevisionOrTheServerDoesNotHaveIsUnknown(String method) {
        try (var client = new RawClient(() -> memory)) {
            client.requestAlone(1, method, "{}");

            assertThat(client.error(ErrorCodes.METHOD_NOT_FOUND)).contains(method);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "tools/list | {} | 3600000 | public",
            "resources/list | {} | 3600000 | public",
            "resources/templates/list | {} | 3600000 | public",
            "prompts/list | {} | 3600000 | public",
            "resources/read | {\"uri\":\"memcollab://status\"} | 0 | private",
            "prompts/get | {\"name\":\"reflect\"} | |",
            "tools/call | {\"name\":\"recall_constraints\",\"arguments\":{\"task\":\"divide\"}} | |",
            "tools/call | {\"name\":\"recall_constraints\",\"arguments\":{\"task\":\"fail\"}} | |"})
    void aResultIsTheOldOneWithWhatTheRevisionWants(String method, String params, Long ttlMillis,
            String scope) {
        try (var client = RawClient.ready(memory)) {
            client.request(1, method, params);
            JsonNode old = client.result(1);

            client.requestAlone(2, method, params);

            JsonNode result = client.result(2);
            assertThat(result.get("resultType").asString()).isEqualTo("complete");
            assertThat(result.get("_meta").toString()).contains("serverInfo");
            assertThat(result.has("ttlMs")).isEqualTo(ttlMillis != null);
            if (ttlMillis != null) {
                assertThat(result.get("ttlMs").asLong()).isEqualTo(ttlMillis);
                assertThat(result.get("cacheScope").asString()).isEqualTo(scope);
            }
            assertThat(((ObjectNode) result).remove(NEWER)).isEqualTo(old);
            assertThat(names(old)).doesNotContainAnyElementsOf(NEWER);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "record_trajectory | {\"task\":\"divide\",\"outcome\":\"failure\",\"steps\":\"divided\",\"project\":\"p\"}",
            "record_trajectory | {\"task\":\"divide\"}",
            "record_trajectory | {}",
            "recall_constraints | {\"task\":\"divide\"}",
            "recall_constraints | {\"task\":\"cook\"}",
            "recall_constraints | {\"task\":\"fail\"}",
            "recall_constraints | {\"task\":\"print\"}",
            "recall_constraints | {\"task\":\"x\",\"limit\":0}",
            "recall_constraints | {\"task\":\"x\",\"category\":[\"\\ud800\"]}"})
    void aToolAnswersTheSameInBothEras(String tool, String arguments) {
        var other = new FakeMemory();
        try (var session = RawClient.ready(memory); var alone = new RawClient(() -> other)) {
            session.call(1, tool, arguments);
            alone.callAlone(1, tool, arguments);

            JsonNode result = alone.result(1);
            assertThat(((ObjectNode) result).remove(NEWER)).isEqualTo(session.result(1));
            assertThat(other.recorded).isEqualTo(memory.recorded);
            assertThat(other.recalled).isEqualTo(memory.recalled);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "tools/call | {\"name\":\"nothing\"}", "tools/call | {}",
            "tools/call | {\"name\":\"recall_constraints\",\"arguments\":[]}",
            "prompts/get | {\"name\":\"nothing\"}", "prompts/get | {\"name\":\"recall\"}"})
    void whatDoesNotFitIsTheClientsMistakeInBothEras(String method, String params) {
        try (var client = RawClient.ready(memory)) {
            client.request(1, method, params);
            client.error(ErrorCodes.INVALID_PARAMS);

            client.requestAlone(2, method, params);

            assertThat(client.error(ErrorCodes.INVALID_PARAMS)).isNotBlank();
        }
    }

    @Test
    void aResourceThatIsNotThereHasTheCodeOfItsEra() {
        String nothing = "{\"uri\":\"memcollab://constraints/c-2\"}";
        try (var client = RawClient.ready(memory)) {
            client.request(1, "resources/read", nothing);
            client.error(ErrorCodes.RESOURCE_NOT_FOUND);

            client.requestAlone(2, "resources/read", nothing);

            client.error(ErrorCodes.INVALID_PARAMS);
        }
    }

    @Test
    void aFailureInsideLeaksNothing() {
        try (var client = new RawClient(() -> memory)) {
            client.callAlone(1, "recall_constraints", "{\"task\":\"bug\"}");

            assertThat(client.line()).contains("-32603").doesNotContain("secret", "Error:",
                    "at dev.");
        }
    }

    /// Whatever a client says it could be asked or told: the revision forbids to ask, and we tell nothing.
    @Test
    void nothingButRepliesIsSent() throws Exception {
        String meta = "{\"_meta\":{" + VERSION + "\"2026-07-28\"," + CAPABILITIES
                + "{\"roots\":{\"listChanged\":true},\"sampling\":{},\"elicitation\":{}},"
                + "\"io.modelcontextprotocol/logLevel\":\"debug\",\"progressToken\":7},";
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZED);
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}");
            for (String method : List.of("server/discover", "tools/list", "resources/list",
                    "resources/templates/list", "prompts/list")) {
                client.request(method, method, meta + "\"cursor\":null}");
            }
            for (String task : List.of("divide", "cook", "fail", "bug", "print")) {
                client.request(task, "tools/call", meta + "\"name\":\"recall_constraints\","
                        + "\"arguments\":{\"task\":\"" + task + "\"}}");
            }
            client.request("record", "tools/call", meta + "\"name\":\"record_trajectory\","
                    + "\"arguments\":{\"task\":\"x\",\"outcome\":\"success\",\"steps\":\"s\"}}");

            List<JsonNode> replies = client.repliesUntilTheEnd();

            assertThat(replies).noneMatch(reply -> reply.has("method"));
            assertThat(replies.stream().map(reply -> reply.get("id").asString()))
                    .containsExactlyInAnyOrder("server/discover", "tools/list", "resources/list",
                            "resources/templates/list", "prompts/list", "divide", "cook", "fail",
                            "bug", "print", "record");
        }
    }

    @Test
    void theProjectIsThatOfTheWorkingDirectoryWhateverTheSessionsRootsAre() {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE.replace("\"capabilities\":{}",
                    "\"capabilities\":{\"roots\":{}}"));
            client.result("init");
            client.call(1, "recall_constraints", "{\"task\":\"divide\"}");
            client.send("{\"jsonrpc\":\"2.0\",\"id\":" + client.reply().get("id")
                    + ",\"result\":{\"roots\":[{\"uri\":\"file:///no-such-place/root\"}]}}");
            client.result(1);

            client.callAlone(2, "recall_constraints", "{\"task\":\"divide\"}");
            client.result(2);

            assertThat(memory.recalled).extracting(RecallRequest::project).containsExactly(
                    "/no-such-place/root", RawClient.WORKING_DIRECTORY.toString());
        }
    }

    @Test
    void aRequestThatStandsAloneOpensNoSession() {
        try (var client = new RawClient(() -> memory)) {
            client.requestAlone(1, "tools/list", "{}");
            client.result(1);
            client.request(2, "tools/list", "{}");
            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("initialize");

            client.send(RawClient.INITIALIZE);

            assertThat(client.result("init").get("protocolVersion").asString())
                    .isEqualTo("2025-11-25");
        }
    }

    /// Clients that probe first may stamp what they fall back to.
    @Test
    void initializeOpensASessionWhateverComesWithIt() {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE.replace("\"params\":{",
                    "\"params\":{" + RawClient.META + ","));

            assertThat(client.result("init").has("protocolVersion")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void everyOlderRevisionIsStillAgreedOn(String revision) {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE.replace("2025-11-25", revision));

            assertThat(client.result("init").get("protocolVersion").asString())
                    .isEqualTo(revision);
        }
    }

    @Test
    void cancellingInterruptsTheWorkAndNoReplyIsSent() throws InterruptedException {
        try (var client = new RawClient(() -> memory)) {
            client.callAlone(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();

            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                    + "{\"requestId\":1}}");

            assertThat(memory.interrupted.await(20, SECONDS)).isTrue();
            client.callAlone(2, "recall_constraints", "{\"task\":\"divide\"}");
            client.result(2);
            client.expectNothingMore();
        }
    }

    @Test
    void anIdThatIsOpenInOneEraCannotBeUsedInTheOther() throws InterruptedException {
        try (var client = RawClient.ready(memory)) {
            client.callAlone(1, "recall_constraints", "{\"task\":\"wait\"}");
            assertThat(memory.waiting.await(20, SECONDS)).isTrue();

            client.request(1, "tools/list", "{}");

            assertThat(client.error(ErrorCodes.INVALID_REQUEST)).contains("id 1 ");
            memory.release.countDown();
            client.result(1);
        }
    }

    @Test
    void aFullServerRefusesAndStillAnswersDiscovery() {
        try (var client = new RawClient(() -> memory)) {
            for (int id = 0; id < 300; id++) {
                client.callAlone(id, "recall_constraints", "{\"task\":\"wait\"}");
            }

            for (int refused = 256; refused < 300; refused++) {
                client.error(BUSY);
            }
            client.requestAlone("alive", "server/discover", "{}");
            client.result("alive");

            memory.release.countDown();
            var answered = new HashSet<Integer>();
            for (int id = 0; id < 256; id++) {
                answered.add(client.reply().get("id").asInt());
            }
            assertThat(answered).hasSize(256).allMatch(id -> id < 256);
        }
    }

    @Test
    void repliesOfBothErasAreOutBeforeTheEndOfAnInputThatEndsAtOnce() throws Exception {
        try (var client = new RawClient(() -> memory)) {
            client.send(RawClient.INITIALIZE);
            for (int id = 0; id < 50; id++) {
                client.call(id, "recall_constraints", "{\"task\":\"divide\"}");
                client.callAlone(id + 100, "recall_constraints", "{\"task\":\"divide\"}");
            }

            assertThat(client.repliesUntilTheEnd()).hasSize(101)
                    .allMatch(reply -> reply.has("result"));
        }
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
