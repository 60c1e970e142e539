package dev.memcollab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.cli.Terminal.Ended;
import dev.memcollab.install.Client;
import dev.memcollab.install.Machine;
import dev.memcollab.install.Platform;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InstallTest {
    private static final Path LAUNCHER = Path.of("/opt/mc/memcollab");

    @TempDir
    private Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> questions = new ArrayList<>();
    private Optional<String> answer = Optional.empty(); // empty where there is no terminal
    private Optional<Path> launcher = Optional.of(LAUNCHER);
    private Path user;
    private Path project;

    @BeforeEach
    void aUserWithAProject() throws IOException {
        user = Files.createDirectory(directory.resolve("user"));
        project = Files.createDirectory(directory.resolve("project"));
    }

    private Ended run(String... words) {
        var machine = new Machine(Platform.LINUX, user, environment);
        return Terminal.runIn(new Surroundings(machine, project, launcher, new Person() {
            @Override
            public boolean isThere() {
                return answer.isPresent();
            }

            @Override
            public String answer(String question) {
                questions.add(question);
                return answer.orElseThrow();
            }
        }, InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"))), words);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path cursor() {
        return user.resolve(".cursor/mcp.json");
    }

    private JsonNode cursorEntry() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(cursor())).path("mcpServers")
                .path("memcollab");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aClientIsToldTheLauncherAndThatItIsInstalledAlreadyTheSecondTime(Client client)
            throws IOException {
        Ended first = run("install", client.label());

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains(" is made: ", client.title() + " starts memcollab from");
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file).content().contains("\"/opt/mc/memcollab\"", "[\"serve\"]");
            assertThat(first.out()).startsWith(file.toString());
        });

        Ended second = run("install", client.label());

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("installed already, nothing was changed");
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aDryRunShowsTheLinesAndWritesNothing(Client client) throws IOException {
        Ended ended = run("install", client.label(), "--dry-run");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(" would be made:").containsPattern("(?m)^\\+ .*serve");
        assertThat(files()).isEmpty();
        try (Stream<Path> left = Files.list(user)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDryRunOfTakingOutWritesNothingEither() throws IOException {
        run("install", "cursor");
        String before = Files.readString(cursor());

        Ended ended = run("uninstall", "cursor", "--dry-run");

        assertThat(ended.out()).contains(" would be deleted:").containsPattern("(?m)^- .*serve");
        assertThat(cursor()).hasContent(before);
    }

    @Test
    void uninstallTakesItOutAndSaysSoTheSecondTime() throws IOException {
        run("install", "cursor");

        Ended first = run("uninstall", "cursor");
        Ended second = run("uninstall", "cursor");

        assertThat(first.out()).contains(" is deleted: Cursor starts memcollab no more.",
                "it is kept in " + cursor() + ".memcollab-backup-20261127T120000Z");
        assertThat(cursor()).doesNotExist();
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("memcollab is not in it, nothing was changed.");
    }

    @Test
    void aProjectGetsAFileOfItsOwn() throws IOException {
        Ended ended = run("install", "claude-code", "--project");

        assertThat(ended.out()).contains("not for others of the project");
        assertThat(files()).containsExactly(project.resolve(".mcp.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-desktop", "windsurf"})
    void aClientWithoutFilesOfProjectsSaysSo(String client) throws IOException {
        Ended ended = run("install", client, "--project");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("only of a user: leave out --project");
        assertThat(files()).isEmpty();
    }

    @Test
    void aHomeThatIsGivenIsHandedOn() throws IOException {
        run("--home", "data", "install", "cursor");

        assertThat(cursorEntry().path("args").toString())
                .isEqualTo("[\"serve\",\"--home\",\"%s\"]".formatted(project.resolve("data")));
    }

    @Test
    void aHomeOfTheEnvironmentIsHandedOn() throws IOException {
        environment.put("MEMCOLLAB_HOME", "/data/mc");

        run("install", "cursor");

        assertThat(cursorEntry().path("args").toString())
                .isEqualTo("[\"serve\",\"--home\",\"/data/mc\"]");
    }

    @Test
    void aBrokenFileIsNamedWithItsLine() throws IOException {
        Files.createDirectory(cursor().getParent());
        Files.writeString(cursor(), "{\n  \"a\": 1\n  \"b\": 2\n}\n");

        Ended ended = run("install", "cursor");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains(cursor() + ", line 3: ", "it was not changed");
        assertThat(files()).containsExactly(cursor());
    }

    @Test
    void withoutALauncherNothingIsWritten() throws IOException {
        launcher = Optional.empty();

        Ended ended = run("install", "cursor");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("must be started by it: ./memcollab install CLIENT");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"install emacs", "uninstall emacs"})
    void anUnknownClientIsWrongUse(String line) {
        Ended ended = run(line.split(" "));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("CLIENT must be one of claude-code, ", "got emacs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "uninstall"})
    void theHelpNamesAllClients(String command) {
        assertThat(run(command, "--help").out().replaceAll("\\s+", " "))
                .contains(Stream.of(Client.values()).map(Client::label).toList());
    }

    @Test
    void programsAreToldAsJson() {
        run("install", "zed", "--json");
        Ended ended = run("--home", "data", "install", "zed", "--json");

        assertThat(ended.json().path("client").asString()).isEqualTo("zed");
        assertThat(ended.json().path("scope").asString()).isEqualTo("user");
        assertThat(ended.json().path("changed").asBoolean()).isTrue();
        assertThat(ended.json().path("change").asString()).contains("+ ", "--home");
        assertThat(Path.of(ended.json().path("backup").asString())).exists();
    }

    @Test
    void vsCodeHasALinkOfItsOwnScheme() throws IOException {
        Ended ended = run("install", "vscode", "--link");

        assertThat(ended.out()).startsWith("vscode:mcp/install?");
        JsonNode fields = JsonMapper.shared().readTree(
                decoded(ended.out().strip().substring("vscode:mcp/install?".length())));
        assertThat(fields.path("name").asString()).isEqualTo("memcollab");
        assertThat(fields.path("command").asString()).isEqualTo(LAUNCHER.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void cursorHasALinkOfItsOwnScheme() {
        Ended ended = run("install", "cursor", "--link");

        String start = "cursor://anysphere.cursor-deeplink/mcp/install?name=memcollab&config=";
        assertThat(ended.out()).startsWith(start);
        byte[] config = Base64.getDecoder()
                .decode(decoded(ended.out().strip().substring(start.length())));
        assertThat(JsonMapper.shared().readTree(config).path("args").toString())
                .isEqualTo("[\"serve\"]");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Test
    void otherClientsHaveNoLink() {
        assertThat(run("install", "zed", "--link").err())
                .contains("--link must be for vscode or cursor, got zed");
    }

    private Path filledHome() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Memories.fill(home);
        Files.writeString(home.resolve("settings.toml"), "threads = 1\n");
        Files.createDirectories(home.resolve("models/tiny"));
        run("install", "cursor");
        return home;
    }

    private Ended purge(Path home, String... more) {
        var words = new ArrayList<>(List.of("--home", home.toString(), "uninstall", "cursor",
                "--purge"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void purgingAsksAndThenDeletesTheHome() throws IOException {
        Path home = filledHome();
        answer = Optional.of("y");

        Ended ended = purge(home);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(questions).containsExactly(
                "Close all clients that use this memory. Delete it for good? [y/N] ");
        assertThat(ended.err()).contains(home.resolve("memory").toString(),
                home.resolve("settings.toml").toString());
        assertThat(ended.out()).contains(home.resolve("models") + " is deleted");
        assertThat(home).doesNotExist();
        assertThat(cursor()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "", "yesterday"})
    void whoDoesNotSayYesKeepsEverything(String said) throws IOException {
        Path home = filledHome();
        answer = Optional.of(said);

        Ended ended = purge(home);

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).contains("nothing was changed");
        assertThat(home.resolve("memory/journal/000001.jsonl")).exists();
        assertThat(cursor()).exists();
    }

    @Test
    void withoutATerminalPurgingNeedsAYes() throws IOException {
        Path home = filledHome();

        Ended refused = purge(home);

        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains("--yes must be given where there is no terminal");
        assertThat(home.resolve("memory")).exists();
        assertThat(cursor()).exists();

        assertThat(purge(home, "--yes").code()).isZero();
        assertThat(home).doesNotExist();
    }

    @Test
    void aDryRunOfPurgingShowsWhatWouldGo() throws IOException {
        Path home = filledHome();

        Ended ended = purge(home, "--dry-run");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(home.resolve("memory") + " would be deleted");
        assertThat(home.resolve("memory")).exists();
    }

    @Test
    void whatIsNotOursInAHomeStays() throws IOException {
        Path home = filledHome();
        Path photo = Files.writeString(home.resolve("photo.jpg"), "");

        purge(home, "--yes");

        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(photo);
        }
    }

    @Test
    void uninstallingAloneKeepsTheMemory() throws IOException {
        Path home = filledHome();

        run("--home", home.toString(), "uninstall", "cursor");

        assertThat(home.resolve("memory")).exists();
        assertThat(cursor()).doesNotExist();
    }
}
