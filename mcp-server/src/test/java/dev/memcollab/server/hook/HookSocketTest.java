package dev.memcollab.server.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.memory.Redaction;
import dev.memcollab.server.FakeMemory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its temporary directories have long names")
class HookSocketTest {
    private final FakeMemory memory = new FakeMemory();
    private Path home;
    private HookSocket socket;

    /// In a directory of a short name, as that of a socket must be.
    @BeforeEach
    void aServerListens() throws IOException {
        home = Files.createTempDirectory(Path.of("/tmp"), "mc");
        socket = open(run());
    }

    @AfterEach
    void itCloses() {
        socket.close();
    }

    private Path run() {
        return home.resolve("run");
    }

    private HookSocket open(Path directory) {
        return HookSocket.open(directory,
                new Hooks(memory, new Redaction(), new HookSessions(home.resolve("hooks")),
                        Clock.systemUTC()),
                new HookLog(home.resolve("log"), Clock.systemUTC())).orElseThrow();
    }

    private Optional<String> ask(String prompt) {
        return HookClient.ask(run(), "user-prompt-submit",
                JsonMapper.shared().writeValueAsString(Map.of("session_id", "s", "cwd",
                        home.toString(), "prompt", prompt)).getBytes(UTF_8));
    }

    @Test
    void aServerDoesTheWorkOfAHook() {
        assertThat(ask("divide the Brötchen by their count")).hasValueSatisfying(
                told -> assertThat(told).contains("When dividing, enforce a check for zero"));
        assertThat(memory.recalled.getFirst().task()).contains("Brötchen");
    }

    @Test
    void itMayHaveNothingToSay() {
        assertThat(ask("sort the names")).hasValue("");
    }

    @Test
    void whatFailsThereIsLoggedAndDone() throws IOException {
        assertThat(HookClient.ask(run(), "user-prompt-submit", "{".getBytes(UTF_8))).hasValue("");

        assertThat(Files.readString(home.resolve("log/hooks.log"))).contains("JSON");
        assertThat(ask("divide by zero")).isPresent();
    }

    @Test
    void anEventThatItDoesNotKnowIsNotDone() {
        assertThat(HookClient.ask(run(), "lunch", "{}".getBytes(UTF_8))).isEmpty();
        assertThat(ask("divide by zero")).isPresent();
    }

    @Test
    void manyAtOnceAreDone() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Optional<String>>> calls = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Optional<String>>) () -> ask("divide by " + i))
                    .toList();

            for (Future<Optional<String>> told : threads.invokeAll(calls)) {
                assertThat(told.get()).hasValueSatisfying(
                        text -> assertThat(text).contains("When dividing"));
            }
        }
    }

    @Test
    void whatAKilledServerLeftBehindIsPassedOverAndRemoved() throws IOException {
        Path dead = run().resolve("1.sock");
        try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(dead));
        }

        for (int i = 0; i < 2; i++) {
            assertThat(ask("divide by zero")).isPresent();
        }
        socket.close();

        assertThat(ask("divide by zero")).isEmpty();
        assertThat(run()).isEmptyDirectory();
    }

    @Test
    void withoutAServerNobodyAnswers() {
        assertThat(HookClient.ask(home.resolve("elsewhere"), "stop", new byte[0])).isEmpty();
    }

    @Test
    void nobodyElseReachesIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run())))
                .isEqualTo("rwx------");
    }

    @Test
    void aHomeWithALongNameDoesWithout() {
        assertThat(HookSocket.open(home.resolve("x".repeat(120)),
                new Hooks(memory, new Redaction(), new HookSessions(home), Clock.systemUTC()),
                new HookLog(home, Clock.systemUTC()))).isEmpty();
    }
}
