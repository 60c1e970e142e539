package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ScriptedClientTest {
    private static final List<String> SCRIPT = List.of("{\"id\":1}", "{\"note\":true}",
            "{\"id\":2}");

    private static void reply(ScriptedClient client, String line) throws IOException {
        client.replies().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineComesOnceTheRequestBeforeItWasAnswered() throws Exception {
        var client = new ScriptedClient(SCRIPT, Duration.ofSeconds(20));
        var requests = client.requests();
        byte[] line = new byte[100];

        assertThat(requests.read(line, 0, 100)).isEqualTo("{\"id\":1}\n".length());
        reply(client, "{\"result\":{}}");
        assertThat(requests.readNBytes("{\"note\":true}\n{\"id\":2}\n".length()))
                .asString(StandardCharsets.UTF_8).isEqualTo("{\"note\":true}\n{\"id\":2}\n");
        reply(client, "{\"result\":{}}");

        assertThat(requests.read()).isEqualTo(-1);
        assertThat(client.isServed()).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerInTimeMeetsTheEnd() throws Exception {
        var client = new ScriptedClient(SCRIPT, Duration.ofMillis(1));

        var requests = client.requests();

        assertThat(requests.readAllBytes()).asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"id\":1}\n");
        reply(client, "{\"result\":{}}");
        assertThat(requests.read()).isEqualTo(-1);
        assertThat(client.isServed()).isFalse();
    }

    @Test
    void aToolThatFailsIsNoService() throws Exception {
        var client = new ScriptedClient(SCRIPT, Duration.ofSeconds(20));
        reply(client, "{\"result\":{}}");
        reply(client, "{\"result\":{\"isError\":true}}");

        assertThat(client.requests().readAllBytes()).isNotEmpty();
        assertThat(client.isServed()).isFalse();
    }
}
